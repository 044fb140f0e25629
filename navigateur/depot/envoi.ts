/** Envoi d'une pièce : ouvrir, sceller et envoyer les parties qui manquent, conclure. */
import { TransportError, abandon } from "./erreurs";
import { type Ouverture, type ResultatScellement, type Scellement, ScellementError, type Source, estAbsent } from "./protocole";
import type { Paquets } from "./paquets";
import type { AdresseDePartie, Annonce, EtatDuFichier, PartieRecue, Transport } from "./transport";

/** Nombre de places : borne la mémoire prise par les parties en vol. */
export class Semaphore {
  private readonly attente: (() => void)[] = [];

  constructor(private libres: number) {}

  async prendre(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abandon();
    if (this.libres > 0) {
      this.libres--;
      return;
    }
    await new Promise<void>((resoudre) => this.attente.push(resoudre));
    if (!signal.aborted) return;
    this.rendre();
    throw abandon();
  }

  rendre(): void {
    const suivant = this.attente.shift();
    if (suivant) suivant();
    else this.libres++;
  }
}

export interface PieceAEnvoyer {
  cle: string;
  reponse: string;
  enveloppe: string;
  lot: number | null;
  nom: string;
  fichier: Source;
  destinataire: string;
  /** Référence de la pièce attendue à laquelle le fichier répond. */
  piece?: string;
  /** Fichier du même nom chez le serveur, d'un autre poste : il s'efface quand celui-ci peut prendre sa place. */
  remplace?: string;
}

export interface Suivi {
  surOuverture(ouverture: Ouverture, distant: string): void;
  /** `octets` de la partie sont partis (ou déjà reçus quand `nouveaux` est faux). */
  surPartie(numero: number, octets: number, nouveaux: boolean): void;
  surRecommencement(motif: string): void;
}

export interface EnvoiTermine {
  distant: string;
  resultat: ResultatScellement;
}

/** Une pièce petite tient en une partie, et plusieurs dizaines tiennent ensemble en mémoire. */
const OCTETS_D_UNE_PETITE = 1_000_000;

export function estPetite(fichier: Source): boolean {
  return fichier.size <= OCTETS_D_UNE_PETITE && !estAbsent(fichier);
}

const REPRISES_MAXIMUM = 3;
const TOURS_DE_FIN = 3;

/** Le scellement ou le fichier distant ne vaut plus : on repart, avec ou sans nouvelle clé. */
class ARecommencer extends Error {
  constructor(readonly avecNouvelleCle: boolean, message: string) {
    super(message);
  }
}

export class Envoi {
  private distant = "";
  /** Où envoyer les parties de ce fichier ; vide quand une adresse se demande pour chacune. */
  private patron = "";

  constructor(
    private readonly piece: PieceAEnvoyer,
    private readonly scellement: Scellement,
    private readonly transport: Transport,
    private readonly places: Semaphore,
    private readonly suivi: Suivi,
    private readonly paquets: Paquets,
  ) {}

  async mener(signal: AbortSignal): Promise<EnvoiTermine> {
    for (let reprises = 0; ; reprises++) {
      try {
        return await this.unPassage(signal);
      } catch (erreur) {
        const motif = this.motifDeReprise(erreur);
        if (!motif || reprises >= REPRISES_MAXIMUM) throw erreur instanceof ARecommencer ? new TransportError("conflit", erreur.message) : erreur;
        await this.recommencer(motif, signal);
      }
    }
  }

  private motifDeReprise(erreur: unknown): ARecommencer | null {
    if (erreur instanceof ARecommencer) return erreur;
    if (erreur instanceof ScellementError && erreur.cause === "fichier_modifie") return new ARecommencer(true, erreur.message);
    return null;
  }

  private async recommencer(motif: ARecommencer, signal: AbortSignal): Promise<void> {
    this.suivi.surRecommencement(motif.message);
    if (this.distant) await this.transport.supprimer(this.distant, signal);
    if (motif.avecNouvelleCle) await this.scellement.oublier(this.piece.cle);
    else await this.scellement.noterDistant(this.piece.cle, null);
  }

  private async unPassage(signal: AbortSignal): Promise<EnvoiTermine> {
    const { cle, fichier, destinataire } = this.piece;
    const ouverture = await this.scellement.ouvrir({ cle, fichier, destinataire });
    if (ouverture.dejaEnvoye) return this.reprendreLeRecu(ouverture, ouverture.dejaEnvoye, signal);
    if (estPetite(fichier) && !ouverture.distant && !this.piece.remplace) await this.envoyerEnPaquet(ouverture, signal);
    else await this.envoyerParParties(ouverture, signal);
    return this.conclure(ouverture, signal);
  }

  private async envoyerParParties(ouverture: Ouverture, signal: AbortSignal): Promise<void> {
    const recues = await this.rattacher(ouverture, signal);
    this.suivi.surOuverture(ouverture, this.distant);
    // Les erreurs du scellement d'avance reviennent à la partie concernée.
    if (ouverture.reserve) void this.scellement.scellerDAvance(this.piece.cle).catch(() => undefined);
    await this.envoyerLesParties(ouverture, recues, signal);
  }

  /** Scellée d'abord : son annonce porte l'empreinte de son unique partie, et rapporte l'adresse où l'envoyer. */
  private async envoyerEnPaquet(ouverture: Ouverture, signal: AbortSignal): Promise<void> {
    const { cle } = this.piece;
    const { numero, taille, sha256, octets } = await this.scellement.partie(cle, 1, true);
    const { fichier, cible } = await this.paquets.annoncer({ ...this.annonce(ouverture), partie: sha256 }, signal);
    this.distant = fichier;
    this.suivi.surOuverture(ouverture, fichier);
    const note = this.scellement.noterDistant(cle, fichier);
    await this.places.prendre(signal);
    try {
      await this.envoyer({ numero, taille, sha256, octets: octets as ArrayBuffer }, signal, cible);
    } finally {
      this.places.rendre();
      await note;
    }
  }

  private annonce(ouverture: Ouverture): Annonce {
    const { enveloppe, lot, nom, piece } = this.piece;
    return { enveloppe, lot, nom, taille: ouverture.tailleScellee, scellement: ouverture.scellement, ...(piece ? { piece } : {}) };
  }

  /** Ce qu'un autre onglet a envoyé vaut s'il est toujours chez le serveur ; sinon, tout repart sous une autre clé. */
  private async reprendreLeRecu({ distant }: Ouverture, resultat: ResultatScellement, signal: AbortSignal): Promise<EnvoiTermine> {
    const recu = await this.lireLeDistant(distant ?? "", signal);
    if (distant && recu?.etat === "termine") return { distant, resultat };
    this.distant = "";
    throw new ARecommencer(true, "Ce fichier n'était plus chez le serveur : il est envoyé de nouveau.");
  }

  /** Retrouve le fichier chez le serveur, ou l'y crée ; rend les parties déjà durables. */
  private async rattacher(ouverture: Ouverture, signal: AbortSignal): Promise<Map<number, PartieRecue>> {
    if (ouverture.distant && ouverture.recommence) await this.transport.supprimer(ouverture.distant, signal);
    if (this.piece.remplace && this.piece.remplace !== ouverture.distant) await this.transport.supprimer(this.piece.remplace, signal);
    if (ouverture.distant && !ouverture.recommence) {
      const recues = await this.partiesRecues(ouverture.distant, signal);
      if (recues) {
        this.distant = ouverture.distant;
        return recues;
      }
    }
    const cree = await this.transport.creerFichier(this.piece.reponse, this.annonce(ouverture), signal);
    this.distant = cree.fichier;
    this.patron = cree.adresse_des_parties;
    await this.scellement.noterDistant(this.piece.cle, cree.fichier);
    return new Map();
  }

  private async partiesRecues(distant: string, signal: AbortSignal): Promise<Map<number, PartieRecue> | null> {
    const lu = await this.lireLeDistant(distant, signal);
    this.patron = lu?.adresse_des_parties ?? "";
    return lu && new Map(lu.parties.map((partie) => [partie.numero, partie]));
  }

  private async lireLeDistant(distant: string, signal: AbortSignal): Promise<EtatDuFichier | null> {
    try {
      return await this.transport.lireFichier(distant, signal);
    } catch (erreur) {
      if (erreur instanceof TransportError && erreur.sens === "absent") return null;
      throw erreur;
    }
  }

  private async envoyerLesParties(ouverture: Ouverture, recues: Map<number, PartieRecue>, signal: AbortSignal): Promise<void> {
    // La première erreur arrête les autres parties de la même pièce.
    const interruption = new AbortController();
    const relais = () => interruption.abort();
    signal.addEventListener("abort", relais, { once: true });
    const enVol: Promise<void>[] = [];
    let echec: unknown;
    const noter = (erreur: unknown) => {
      echec ??= erreur;
      interruption.abort();
    };
    try {
      for (let numero = 1; numero <= ouverture.nombreParties && echec === undefined; numero++) {
        const recue = recues.get(numero);
        if (recue) await this.passer(recue);
        else enVol.push((await this.lancer(numero, interruption.signal)).envoi.catch(noter));
      }
    } catch (erreur) {
      noter(erreur);
    } finally {
      await Promise.all(enVol);
      signal.removeEventListener("abort", relais);
    }
    if (signal.aborted) throw abandon();
    if (echec !== undefined) throw echec;
  }

  /** Partie déjà durable : rien à envoyer, mais le contenu doit être resté le même. */
  private async passer(recue: PartieRecue): Promise<void> {
    const { sha256, taille } = await this.scellement.partie(this.piece.cle, recue.numero, false);
    if (sha256 !== recue.sha256) throw new ARecommencer(true, "Le serveur tient un autre contenu sous ce nom : ce fichier est scellé et envoyé de nouveau.");
    this.suivi.surPartie(recue.numero, taille, false);
  }

  /** Rend la main dès que la partie est scellée, sans attendre la fin de son envoi. */
  private async lancer(numero: number, signal: AbortSignal): Promise<{ envoi: Promise<void> }> {
    await this.places.prendre(signal);
    try {
      const { taille, sha256, octets } = await this.scellement.partie(this.piece.cle, numero, true);
      const partie = { numero, taille, sha256, octets: octets as ArrayBuffer };
      const envoi = this.envoyer(partie, signal, this.patron ? this.transport.chezNous(this.patron, partie) : undefined);
      return { envoi: envoi.finally(() => this.places.rendre()) };
    } catch (erreur) {
      this.places.rendre();
      throw erreur;
    }
  }

  private async envoyer(partie: PartieRecue & { octets: ArrayBuffer }, signal: AbortSignal, cible?: AdresseDePartie): Promise<void> {
    try {
      await this.transport.envoyerPartie(this.distant, partie, signal, (octets) => this.suivi.surPartie(partie.numero, Math.min(octets, partie.taille), true), cible);
      this.suivi.surPartie(partie.numero, partie.taille, true);
    } catch (erreur) {
      if (erreur instanceof TransportError && erreur.sens === "conflit") throw new ARecommencer(true, erreur.message);
      if (erreur instanceof TransportError && erreur.sens === "absent") throw new ARecommencer(false, erreur.message);
      throw erreur;
    }
  }

  private async conclure(ouverture: Ouverture, signal: AbortSignal): Promise<EnvoiTermine> {
    const resultat = await this.scellement.conclure(this.piece.cle);
    const corps = { racine: resultat.racine, sha256: resultat.sha256Scelle };
    for (let tour = 1; ; tour++) {
      try {
        if (estPetite(this.piece.fichier)) await this.paquets.finir({ fichier: this.distant, ...corps }, signal);
        else await this.transport.finir(this.distant, corps, signal);
        await this.scellement.alleger(this.piece.cle);
        return { distant: this.distant, resultat };
      } catch (erreur) {
        if (!(erreur instanceof TransportError) || tour >= TOURS_DE_FIN) throw erreur;
        if (erreur.sens === "absent") throw new ARecommencer(false, erreur.message);
        if (erreur.statut === 422) throw new ARecommencer(true, erreur.message);
        if (erreur.sens !== "conflit") throw erreur;
        // Une partie annoncée n'est pas durable : l'état du serveur fait foi.
        await this.envoyerLesParties(ouverture, (await this.partiesRecues(this.distant, signal)) ?? new Map(), signal);
      }
    }
  }
}
