/** Les envois d'une réponse : une file qui vit autant que la page, et ce que le serveur a déjà. */
import { CarnetIndexedDB } from "../../depot/carnet";
import { ClientOuvrier, demarrerOuvrier, scellementPar } from "../../depot/client_ouvrier";
import { type Bilan, controler } from "../../depot/controles";
import { type EtatDeFile, FileDAttente, cleDePiece } from "../../depot/file_d_attente";
import type { Scellement } from "../../depot/protocole";
import { Transport } from "../../depot/transport";
import { avertissementsGardes, garderLesAvertissements, parPiece } from "./avertissements";
import type { Donnees, FichierConnu, PieceAttendue } from "./donnees";
import { trier } from "./deja_la";
import { devinerLaPiece } from "./deviner";
import { Lignes, type Ligne, type Suivi, ligneDuServeur, ligneLocale } from "./lignes";
import { EtatDuReseau } from "./reseau";
import { temoin } from "./temoin";
import { horloge } from "./temps";
import { rapporter } from "./traces";

export interface Place {
  enveloppe: string;
  lot: number | null;
}

/** Un fichier choisi, sous le nom et à la pièce qu'il aura. */
interface Preparee extends Place {
  nom: string;
  fichier: File;
  piece: string;
  cle: string;
}

const ESSAI_AUTRE_ONGLET_MS = 2000;
const ESSAI_DISQUE_MS = 20_000;

export class Envois {
  readonly scellement: Scellement;
  readonly transport: Transport;
  readonly file: FileDAttente;
  readonly reseau: EtatDuReseau;
  /** Les clés vérifiées à l'ouverture de la page : une page relue ensuite n'en apporte pas d'autres. */
  readonly cles: Donnees["cles"];
  private readonly suivis = new Map<string, Suivi>();
  private readonly connus = new Map<string, boolean>();
  private readonly retires = new Set<string>();
  private octetsVus = 0;
  private veille = false;
  /** La page s'en va de son plein gré : inutile de retenir la personne. */
  estParti = false;
  etat: EtatDeFile;

  constructor(public donnees: Donnees, private readonly carnet: CarnetIndexedDB, private readonly surChangement: () => void, private readonly surSession: () => void) {
    this.scellement = scellementPar(new ClientOuvrier(demarrerOuvrier(donnees.adresses.ouvrier)));
    this.transport = this.nouveauTransport((erreur, duree) => {
      rapporter("reprise", { texte: erreur.message, cause: erreur.sens, details: { statut: erreur.statut, attente_ms: Math.round(duree) } });
      this.reseau.attente(erreur, duree);
    });
    this.cles = donnees.cles;
    const destinataires = Object.fromEntries(Object.entries(this.cles).map(([sorte, { destinataire }]) => [sorte, destinataire]));
    this.file = new FileDAttente({ reponse: donnees.reponse, scellement: this.scellement, transport: this.transport, destinataires, surChangement: (etat) => this.changer(etat) });
    this.reseau = new EtatDuReseau(() => this.etat, () => this.file.reprendre());
    this.etat = this.file.etat();
  }

  nouveauTransport(surAttente: (erreur: import("../../depot/erreurs").TransportError, duree: number) => void): Transport {
    return new Transport({ entetes: () => ({ Authorization: `Bearer ${this.donnees.jeton}` }), surAttente });
  }

  private changer(etat: EtatDeFile): void {
    this.etat = etat;
    for (const piece of etat.pieces) {
      const suivi = this.suivis.get(piece.cle);
      if (suivi && piece.etat === "recu" && suivi.recuLe === null) {
        suivi.recuLe = horloge.maintenant();
        rapporter("acquis", { details: { fichier: piece.distant ?? "", taille: piece.resultat?.tailleClaire ?? 0 } });
      }
    }
    if (etat.octetsRecus > this.octetsVus) this.reseau.revenue();
    this.octetsVus = etat.octetsRecus;
    if (etat.arret?.sens === "session") this.surSession();
    this.veillerLAutreOnglet();
    if (etat.arret?.sens === "disque_plein") this.attendreLaPlace(etat.arret.message);
    this.surChangement();
  }

  private attendreLaPlace(message: string): void {
    this.reseau.disquePlein(message);
    setTimeout(() => this.etat.arret?.sens === "disque_plein" && this.file.reprendre(), ESSAI_DISQUE_MS);
  }

  /** La page a été relue : le serveur sait mieux, sauf de ce qui part d'ici. */
  actualiser(donnees: Donnees): void {
    this.donnees = { ...donnees, place: this.donnees.place };
    void this.reconnaitre().then(() => this.surChangement());
  }

  /** Dit quels envois inachevés ont leur clé dans ce navigateur, et finit ceux qui n'ont plus besoin du fichier. */
  async reconnaitre(): Promise<void> {
    for (const fichier of this.donnees.fichiers) {
      if (fichier.etat === "termine" || this.estLocal(fichier.fichier)) continue;
      const cle = this.cleDe(fichier);
      const fiche = await this.carnet.lire(cle);
      this.connus.set(fichier.fichier, fiche?.distant === fichier.fichier);
      const complet = fiche?.distant === fichier.fichier && fiche.resultat && fiche.reserve && fiche.secret;
      if (complet && this.donnees.recoit_encore) this.relancer(fichier, fiche.tailleClaire);
    }
  }

  private relancer(fichier: FichierConnu, size: number): void {
    const cle = this.file.ajouter({ enveloppe: fichier.enveloppe, lot: fichier.lot, nom: fichier.nom, fichier: { absent: true, size }, piece: fichier.piece });
    this.suivis.set(cle, { piece: fichier.piece, avertissements: fichier.avertissements, recuLe: null, fichier: null });
  }

  /** L'autre onglet a fini, ou vient de se fermer : on redemande, sans déranger. La première pièce dit pour les autres. */
  private veillerLAutreOnglet(): void {
    const [premiere] = this.chezLAutre();
    if (!premiere || this.veille) return;
    this.veille = true;
    this.file.reprendre(premiere);
    setTimeout(() => {
      this.veille = false;
      this.etat = this.file.etat();
      const reste = this.chezLAutre();
      if (!reste.includes(premiere)) for (const cle of reste) this.file.reprendre(cle);
      this.veillerLAutreOnglet();
    }, ESSAI_AUTRE_ONGLET_MS);
  }

  private chezLAutre(): string[] {
    return this.etat.pieces.filter(({ etat, cause }) => etat === "erreur" && cause === "autre_onglet").map(({ cle }) => cle);
  }

  private cleDe({ enveloppe, lot, nom }: Pick<FichierConnu, "enveloppe" | "lot" | "nom">): string {
    return cleDePiece(this.donnees.reponse, { enveloppe, lot, nom });
  }

  private estLocal(distant: string): boolean {
    return this.etat.pieces.some((piece) => piece.distant === distant);
  }

  lignes(place?: Place): Ligne[] {
    const ici = (ou: Place) => !place || (ou.enveloppe === place.enveloppe && ou.lot === place.lot);
    const vide: Suivi = { piece: "", avertissements: [], recuLe: null, fichier: null };
    const locales = this.etat.pieces.map((etat) => ligneLocale(etat, this.suivis.get(etat.cle) ?? vide, this.etat.debit));
    const parties = new Set(locales.flatMap(({ distant, cle }) => [distant, cle]));
    const duServeur = this.donnees.fichiers
      .filter((fichier) => !this.retires.has(fichier.fichier) && !parties.has(fichier.fichier) && !parties.has(this.cleDe(fichier)))
      .map((fichier) => ligneDuServeur(fichier, this.cleDe(fichier), this.connus.get(fichier.fichier) ?? false, [...new Set([...fichier.avertissements, ...avertissementsGardes(this.cleDe(fichier))])]));
    return [...duServeur, ...locales].filter(ici);
  }

  partir(): void {
    this.estParti = true;
  }

  /** Les empreintes d'un fichier scellé ici, lors de cette visite ou d'une autre. */
  async resultatGarde(cle: string, distant: string) {
    const fiche = await this.carnet.lire(cle);
    return fiche?.distant === distant ? fiche.resultat : null;
  }

  get enMouvement(): boolean {
    return this.etat.pieces.some(({ etat }) => etat === "envoi" || etat === "attente");
  }

  piecesLibres(place: Place): PieceAttendue[] {
    const prises = new Set(this.lignes(place).map(({ piece }) => piece));
    return this.donnees.attendues.filter((attendue) => attendue.enveloppe === place.enveloppe && attendue.lot === place.lot && !prises.has(attendue.piece));
  }

  /** Prend des fichiers choisis ou glissés. Seuls arrêtent : illisible, au-dessus d'une limite, aucun. */
  async ajouter(fichiers: File[], place: Place, voulue = "", surProgres?: (faits: number, nombre: number) => void): Promise<Bilan & { dejaLa: string[] }> {
    this.etat = this.file.etat();
    const { neufs, dejaLa } = await trier(fichiers, voulue, this.lignes(place), this.suivis, this.scellement);
    if (neufs.length === 0) return { arrets: [], avertissements: [], dejaLa };
    await this.rendreLeurFichier(neufs, place);
    return { ...(await this.ajouterLesNeufs(neufs, place, voulue, surProgres)), dejaLa };
  }

  /** Une reprise sans l'original s'arrête quand la personne le redonne : c'est le même fichier, il n'en naît pas un second. */
  private async rendreLeurFichier(fichiers: File[], place: Place): Promise<void> {
    const noms = new Set(fichiers.map(({ name }) => name));
    const sansOriginal = this.lignes(place).filter(({ nom, etat, cle }) => noms.has(nom) && etat === "envoi" && this.suivis.get(cle)?.fichier === null);
    for (const { cle } of sansOriginal) await this.file.interrompre(cle);
    this.etat = this.file.etat();
  }

  private async ajouterLesNeufs(fichiers: File[], place: Place, voulue: string, surProgres?: (faits: number, nombre: number) => void): Promise<Bilan> {
    const preparees = this.preparer(fichiers, place, voulue);
    const bilan = await this.controler(preparees, surProgres);
    const refuses = new Set(bilan.arrets.map(({ piece }) => piece));
    if (refuses.has(null)) return bilan;
    const avertissements = parPiece(bilan.avertissements);
    const anciennes = new Lignes(this.lignes(place));
    for (const preparee of preparees) {
      if (refuses.has(preparee.cle)) continue;
      await this.deposerDansLaFile(preparee, avertissements.get(preparee.cle) ?? [], anciennes);
    }
    this.etat = this.file.etat();
    this.surChangement();
    return bilan;
  }

  /** Chaque fichier trouve sa pièce : celle qu'on a désignée, celle d'un envoi interrompu, ou celle que son nom dit. */
  private preparer(fichiers: File[], place: Place, voulue: string): Preparee[] {
    const libres = this.piecesLibres(place);
    const lignes = this.lignes(place);
    const interrompues = new Map(lignes.filter(({ etat }) => etat !== "recu" && etat !== "envoi").map((ligne) => [ligne.nom, ligne]));
    const remplacees = new Set(voulue ? lignes.filter(({ piece }) => piece === voulue).map(({ nom }) => nom) : []);
    const pris = new Set(lignes.map(({ nom }) => nom));
    return fichiers.map((fichier) => {
      const interrompue = interrompues.get(fichier.name);
      interrompues.delete(fichier.name);
      const devinee = voulue || interrompue ? null : devinerLaPiece(fichier.name, libres);
      if (devinee) libres.splice(libres.indexOf(devinee), 1);
      const nom = interrompue || remplacees.has(fichier.name) ? fichier.name : nomLibre(fichier.name, pris);
      pris.add(nom);
      const piece = voulue || interrompue?.piece || devinee?.piece || "";
      return { nom, fichier, piece, cle: this.cleDe({ ...place, nom }), ...place };
    });
  }

  private controler(preparees: Preparee[], surProgres?: (faits: number, nombre: number) => void): Promise<Bilan> {
    const { limites, attendues } = this.donnees;
    const neuves = new Set(preparees.map(({ cle }) => cle));
    const deja = this.lignes().filter(({ cle }) => !neuves.has(cle));
    const octetsPris = deja.reduce((somme, { tailleClaire }) => somme + tailleClaire, 0);
    const formats = new Map(attendues.map((attendue) => [attendue.piece, attendue.formats.toLowerCase().split(/[\s,;]+/).filter(Boolean)]));
    const connus = [...this.suivis].flatMap(([cle, { fichier }]) => (fichier && !neuves.has(cle) ? [{ cle, fichier }] : []));
    const temps = this.etat.debit ? ((preparees.reduce((s, { fichier }) => s + fichier.size, 0) + this.etat.octetsTotal - this.etat.octetsRecus) / this.etat.debit) * 1000 : null;
    return controler({
      pieces: [...connus.map(({ cle, fichier }) => ({ cle, fichier, nom: cle.split("/").slice(3).join("/"), enveloppe: cle.split("/")[1] ?? "", lot: null, dejaVue: true })), ...preparees.map((preparee) => ({ ...preparee, formats: formats.get(preparee.piece) ?? [] }))],
      limites: {
        octetsParFichier: limites["octets_par_fichier"] ?? Infinity,
        octetsDuNom: limites["octets_d_un_nom"] ?? Infinity,
        octetsParReponse: (limites["octets_par_reponse"] ?? Infinity) - octetsPris + connus.reduce((s, { fichier }) => s + fichier.size, 0),
        fichiers: (limites["fichiers_par_reponse"] ?? Infinity) - deja.length + connus.length,
      },
      consultation: this.donnees.consultation,
      resteMillisecondes: horloge.resteAvant(new Date(this.donnees.date_limite)), tempsDEnvoiMillisecondes: temps,
      ...(surProgres ? { surProgres } : {}),
    });
  }

  private async deposerDansLaFile({ nom, fichier, piece, cle, enveloppe, lot }: Preparee, avertissements: string[], anciennes: Lignes): Promise<void> {
    for (const ancienne of anciennes.remplacees(cle, piece)) await this.retirer(ancienne);
    const remplace = anciennes.commenceAilleurs(cle);
    this.suivis.set(cle, { piece, avertissements, recuLe: null, fichier });
    garderLesAvertissements(cle, avertissements);
    await this.file.redonner({ enveloppe, lot, nom, fichier, piece, ...(remplace ? { remplace } : {}) });
  }

  /** Ôte un fichier de la réponse, ici et chez le serveur ; celui d'un dépôt déjà fait y reste, hors de la suite. */
  async retirer(ligne: Ligne): Promise<void> {
    if (ligne.distant) this.retires.add(ligne.distant);
    const locale = this.etat.pieces.some(({ cle }) => cle === ligne.cle);
    try {
      // D'abord la clé : un autre onglet qui envoie ce fichier la tient, et rien ne s'efface alors.
      if (!locale) await this.scellement.oublier(ligne.cle);
      if (ligne.depose && ligne.distant) await this.ecarter(ligne.distant);
      else if (!locale && ligne.distant) await this.transport.supprimer(ligne.distant);
      if (locale) await this.file.retirer(ligne.cle);
    } catch (erreur) {
      if (ligne.distant) this.retires.delete(ligne.distant);
      throw erreur;
    }
    this.suivis.delete(ligne.cle);
    garderLesAvertissements(ligne.cle, []);
    this.etat = this.file.etat();
    this.surChangement();
  }

  private async ecarter(distant: string): Promise<void> {
    const reponse = await fetch(`${this.donnees.adresses.fichiers}${distant}/ecarter/`, { method: "POST", headers: { "X-CSRFToken": temoin() }, redirect: "manual" });
    if (reponse.status !== 204) throw new Error("Ce fichier n'a pas pu être ôté. Rechargez la page.");
  }
}

/** « devis.pdf », puis « devis (2).pdf » : deux fichiers d'une même enveloppe n'ont pas le même nom. */
export function nomLibre(nom: string, pris: Set<string>): string {
  if (!pris.has(nom)) return nom;
  const extension = /\.[^.]{1,10}$/.exec(nom)?.[0] ?? "";
  const racine = nom.slice(0, nom.length - extension.length);
  for (let rang = 2; ; rang++) {
    const essai = `${racine} (${rang})${extension}`;
    if (!pris.has(essai)) return essai;
  }
}
