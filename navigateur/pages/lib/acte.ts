/** Déposer : sceller la liste de chaque enveloppe, l'envoyer, puis l'acte, répétable sans risque. */
import { cleDePiece, FileDAttente } from "../../depot/file_d_attente";
import { type EnveloppePreparee, type PieceRecue, declarer, deposer, pieceDAilleurs, pieceDuManifeste, preparerEnveloppes } from "../../depot/depot";
import { TransportError } from "../../depot/erreurs";
import type { ResultatScellement } from "../../depot/protocole";
import type { EnveloppeDeclaree, FichierDeReponse, Transport } from "../../depot/transport";
import type { FichierConnu } from "./donnees";
import type { Envois } from "./envois";
import { rapporter } from "./traces";
import { type Demande, demandeGardee, garderLaDemande, garderLesManifestes, oublierLaDemande } from "./memoire";

/** Ce que la personne voit pendant l'acte. */
export interface Deroulement {
  scelle(): void;
  depose(): void;
  verifie(): void;
  fait(recepisse: string): void;
}

/** Au-delà, un clic n'est plus « à l'instant » : redéposer sans un nouveau clic serait l'acte d'une machine. */
const ENCORE_LE_MEME_CLIC_MS = 120_000;

export class Acte {
  private readonly transport: Transport;

  constructor(private readonly envois: Envois, private readonly ecran: Deroulement) {
    this.transport = envois.nouveauTransport(() => ecran.verifie());
  }

  private get reponse(): string {
    return this.envois.donnees.reponse;
  }

  /** Dépose exactement les fichiers montrés. */
  async deposer(references: string[]): Promise<void> {
    rapporter("clic", { details: { parties: references.length } });
    const demande = (await this.demandeIdentique(references)) ?? (await this.preparer(references));
    await this.envoyer(demande);
  }

  /** La même clé pour le même contenu : un second clic après une panne redonne le même récépissé. */
  private async demandeIdentique(references: string[]): Promise<Demande | null> {
    const gardee = await demandeGardee(this.reponse);
    const contenu = gardee?.enveloppes.flatMap(({ fichiers }) => fichiers).sort().join();
    return gardee && contenu === [...references].sort().join() ? gardee : null;
  }

  private async preparer(references: string[]): Promise<Demande> {
    this.ecran.scelle();
    const { depots = [], fichiers = [] } = await this.transport.lireReponse(this.reponse);
    const pieces = await this.piecesRecues(references, fichiers);
    const preparees = await preparerEnveloppes(this.envois.donnees.consultation, pieces);
    const enveloppes = await this.envoyerLesManifestes(preparees);
    const demande: Demande = { reponse: this.reponse, cle: crypto.randomUUID(), enveloppes, manifestes: preparees.map(({ manifeste }) => manifeste), avant: depots, cliqueLe: Date.now() };
    await garderLaDemande(demande);
    return demande;
  }

  private async piecesRecues(references: string[], fichiers: FichierDeReponse[]): Promise<PieceRecue[]> {
    const voulues = new Set(references);
    const retenues = fichiers.filter(({ fichier, etat }) => voulues.has(fichier) && etat === "termine");
    if (retenues.length !== voulues.size) throw new Error("Un fichier a changé pendant que vous vérifiiez. Rechargez la page, puis déposez.");
    const locales = new Map(this.envois.etat.pieces.map(({ distant, resultat }) => [distant, resultat]));
    const connus = new Map(this.envois.donnees.fichiers.map((fichier) => [fichier.fichier, fichier]));
    return Promise.all(retenues.map(async (fichier) => this.pieceRecue(fichier, locales.get(fichier.fichier) ?? null, connus.get(fichier.fichier))));
  }

  /** Les empreintes en clair ne sont que dans le navigateur qui a scellé ; celles du scellé, partout. */
  private async pieceRecue(fichier: FichierDeReponse, local: ResultatScellement | null, connu: FichierConnu | undefined): Promise<PieceRecue> {
    const resultat = local ?? (await this.envois.resultatGarde(cleDePiece(this.reponse, fichier), fichier.fichier));
    const piece = pieceDAilleurs(fichier);
    if (resultat) {
      const { tailleClaire, sha256Clair, sha256Scelle, racine } = resultat;
      return { ...piece, entree: { nom: fichier.nom, taille: tailleClaire, sha256: sha256Clair, sha256_scelle: sha256Scelle, racine } };
    }
    return { ...piece, entree: { ...piece.entree, racine: connu?.racine || null, sha256_scelle: connu?.sha256_scelle || null } };
  }

  private async envoyerLesManifestes(preparees: EnveloppePreparee[]): Promise<EnveloppeDeclaree[]> {
    const { scellement, cles: verifiees } = this.envois;
    const destinataires = Object.fromEntries(Object.entries(verifiees).map(([sorte, cle]) => [sorte, cle.destinataire]));
    const file = new FileDAttente({ reponse: this.reponse, scellement, transport: this.transport, destinataires });
    const cles: string[] = [];
    for (const preparee of preparees) {
      const piece = pieceDuManifeste(preparee);
      // Celui d'un dépôt précédent reste à son dépôt : ici, on en scelle un neuf.
      await scellement.oublier(cleDePiece(this.reponse, piece));
      cles.push(file.ajouter(piece));
    }
    const { pieces, arret } = await file.auRepos();
    return preparees.map((preparee, rang) => {
      const envoye = pieces.find(({ cle }) => cle === cles[rang]);
      if (envoye?.etat !== "recu" || !envoye.distant) throw new Error(arret?.message ?? envoye?.message ?? "La liste des fichiers n'a pas pu être envoyée. Réessayez.", { cause: arret?.sens ?? envoye?.cause });
      return declarer(preparee, envoye.distant, verifiees[preparee.enveloppe]?.empreinte ?? "");
    });
  }

  private async envoyer(demande: Demande): Promise<void> {
    this.ecran.depose();
    try {
      const recu = await deposer(this.transport, this.reponse, demande.enveloppes, demande.cle);
      await this.conclure(String(recu["recepisse"]), demande);
    } catch (erreur) {
      if (erreur instanceof TransportError) rapporter("refus", { texte: erreur.message, cause: erreur.sens, details: { statut: erreur.statut } });
      // Un refus est une réponse : cette demande n'a rien déposé, la suivante sera neuve.
      if (erreur instanceof TransportError && erreur.statut >= 400 && erreur.sens !== "session") await oublierLaDemande(this.reponse);
      throw erreur;
    }
  }

  private async conclure(recepisse: string, demande: Demande): Promise<void> {
    await garderLesManifestes(recepisse, demande.manifestes);
    await oublierLaDemande(this.reponse);
    this.ecran.fait(recepisse);
  }

  /** Au chargement : un clic resté sans réponse. Rend l'heure de ce clic s'il en faut un nouveau. */
  async reprendre(): Promise<Date | null> {
    const demande = await demandeGardee(this.reponse);
    if (!demande) return null;
    this.ecran.verifie();
    if (Date.now() - demande.cliqueLe < ENCORE_LE_MEME_CLIC_MS) {
      await this.envoyer(demande);
      return null;
    }
    const { depots = [] } = await this.transport.lireReponse(this.reponse);
    const nouveau = depots.find((recepisse) => !demande.avant.includes(recepisse));
    if (!nouveau) return new Date(demande.cliqueLe);
    await this.conclure(nouveau, demande);
    return null;
  }
}
