/** Envoi d'une pièce : ouvrir, sceller et envoyer les parties qui manquent, conclure. */
import { TransportError, abandon } from "./erreurs";
import { type Ouverture, type ResultatScellement, type Scellement, ScellementError, type Source } from "./protocole";
import type { PartieRecue, Transport } from "./transport";

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

  constructor(
    private readonly piece: PieceAEnvoyer,
    private readonly scellement: Scellement,
    private readonly transport: Transport,
    private readonly places: Semaphore,
    private readonly suivi: Suivi,
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
    const recues = await this.rattacher(ouverture, signal);
    this.suivi.surOuverture(ouverture, this.distant);
    // Les erreurs du scellement d'avance reviennent à la partie concernée.
    if (ouverture.reserve) void this.scellement.scellerDAvance(cle).catch(() => undefined);
    await this.envoyerLesParties(ouverture, recues, signal);
    return this.conclure(ouverture, signal);
  }

  /** Retrouve le fichier chez le serveur, ou l'y crée ; rend les parties déjà durables. */
  private async rattacher(ouverture: Ouverture, signal: AbortSignal): Promise<Map<number, PartieRecue>> {
    if (ouverture.distant && ouverture.recommence) await this.transport.supprimer(ouverture.distant, signal);
    if (ouverture.distant && !ouverture.recommence) {
      const recues = await this.partiesRecues(ouverture.distant, signal);
      if (recues) {
        this.distant = ouverture.distant;
        return recues;
      }
    }
    const { reponse, enveloppe, lot, nom, cle, piece } = this.piece;
    const annonce = { enveloppe, lot, nom, taille: ouverture.tailleScellee, ...(piece ? { piece } : {}) };
    const cree = await this.transport.creerFichier(reponse, annonce, signal);
    this.distant = cree.fichier;
    await this.scellement.noterDistant(cle, cree.fichier);
    return new Map();
  }

  private async partiesRecues(distant: string, signal: AbortSignal): Promise<Map<number, PartieRecue> | null> {
    try {
      const { parties } = await this.transport.lireFichier(distant, signal);
      return new Map(parties.map((partie) => [partie.numero, partie]));
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
      const envoi = this.envoyer({ numero, taille, sha256, octets: octets as ArrayBuffer }, signal);
      return { envoi: envoi.finally(() => this.places.rendre()) };
    } catch (erreur) {
      this.places.rendre();
      throw erreur;
    }
  }

  private async envoyer(partie: PartieRecue & { octets: ArrayBuffer }, signal: AbortSignal): Promise<void> {
    try {
      await this.transport.envoyerPartie(this.distant, partie, signal, (octets) => this.suivi.surPartie(partie.numero, Math.min(octets, partie.taille), true));
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
        await this.transport.finir(this.distant, corps, signal);
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
