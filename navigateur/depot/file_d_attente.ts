/** File des pièces d'une réponse : trois grosses et quelques dizaines de petites à la fois, pause et reprise, fin prévue. */
import { sealedSize } from "../sceau/age";
import { Debit } from "./debit";
import { Envoi, type PieceAEnvoyer, Semaphore, type Suivi, estPetite } from "./envoi";
import { type SensDErreur, TransportError } from "./erreurs";
import { Paquets } from "./paquets";
import { type CauseDeScellement, type ResultatScellement, type Scellement, ScellementError, type Source } from "./protocole";
import type { Transport } from "./transport";

export type EtatDEnvoi = "attente" | "envoi" | "recu" | "en_pause" | "erreur";

export interface EtatDePiece {
  cle: string;
  enveloppe: string;
  lot: number | null;
  nom: string;
  tailleClaire: number;
  tailleScellee: number;
  octetsRecus: number;
  etat: EtatDEnvoi;
  /** Phrase à montrer : panne, refus ou nouveau départ. */
  message: string | null;
  cause: SensDErreur | CauseDeScellement | null;
  /** Identifiant du fichier chez le serveur. */
  distant: string | null;
  resultat: ResultatScellement | null;
}

export interface EtatDeFile {
  pieces: EtatDePiece[];
  octetsTotal: number;
  octetsRecus: number;
  /** Octets par seconde mesurés ; `null` avant une seconde d'envoi. */
  debit: number | null;
  resteMillisecondes: number | null;
  enPause: boolean;
  /** Ce qui a arrêté toute la file : session expirée, disque du serveur plein. */
  arret: { sens: SensDErreur; message: string } | null;
}

export interface ReglagesDeFile {
  reponse: string;
  scellement: Scellement;
  transport: Transport;
  /** Destinataire `age1pq…` de chaque enveloppe. */
  destinataires: Record<string, string>;
  surChangement?: (etat: EtatDeFile) => void;
  maintenant?: () => number;
}

export interface NouvellePiece {
  enveloppe: string;
  lot: number | null;
  nom: string;
  fichier: Source;
  piece?: string;
  remplace?: string;
}

/** Les pièces d'une sorte : combien avancent, et combien d'envois elles se partagent. */
interface Voie {
  libres: number;
  envois: Semaphore;
}

interface Ligne {
  voie: Voie;
  piece: PieceAEnvoyer;
  etat: EtatDePiece;
  parties: Map<number, number>;
  arret: AbortController | null;
  fin: Promise<void>;
}

/** Une grosse pièce occupe la ligne à elle seule ; une petite attend surtout le serveur, et voyage en paquet. */
const GROSSES = { ensemble: 3, envois: 3 };
const PETITES = { ensemble: 64, envois: 8 };
const RYTHME_DES_SIGNAUX_MS = 100;
const PIECES_PAR_MILLISECONDE_DE_RYTHME = 10;
/** Ces refus arrêtent toute la file : chaque pièce les rencontrerait. */
const ARRETS: SensDErreur[] = ["session", "disque_plein"];

export function cleDePiece(reponse: string, { enveloppe, lot, nom }: Pick<NouvellePiece, "enveloppe" | "lot" | "nom">): string {
  return `${reponse}/${enveloppe}/${lot ?? 0}/${nom}`;
}

export class FileDAttente {
  private readonly lignes = new Map<string, Ligne>();
  private readonly grosses: Voie = { libres: GROSSES.ensemble, envois: new Semaphore(GROSSES.envois) };
  private readonly petites: Voie = { libres: PETITES.ensemble, envois: new Semaphore(PETITES.envois) };
  private readonly paquets: Paquets;
  private readonly debit: Debit;
  private enPause = false;
  private actives = 0;
  private signal: ReturnType<typeof setTimeout> | undefined;
  private arret: EtatDeFile["arret"] = null;
  private attentes: (() => void)[] = [];

  constructor(private readonly reglages: ReglagesDeFile) {
    this.paquets = new Paquets(reglages.transport, reglages.reponse);
    this.debit = new Debit(reglages.maintenant ?? (() => performance.now()));
  }

  /** Rend la clé de la pièce ; la même pièce ajoutée deux fois reprend là où elle en était. */
  ajouter({ enveloppe, lot, nom, fichier, piece: attendue, remplace }: NouvellePiece): string {
    const destinataire = this.reglages.destinataires[enveloppe];
    if (!destinataire) throw new Error(`enveloppe sans destinataire : ${enveloppe}`);
    const { reponse } = this.reglages;
    const cle = cleDePiece(reponse, { enveloppe, lot, nom });
    const ancienne = this.lignes.get(cle);
    if (ancienne && (ancienne.arret || ancienne.etat.etat === "recu")) throw new Error(`pièce déjà présente : ${nom}`);
    const etat: EtatDePiece = {
      cle, enveloppe, lot, nom, tailleClaire: fichier.size, tailleScellee: sealedSize(fichier.size), octetsRecus: 0,
      etat: "attente", message: null, cause: null, distant: null, resultat: null,
    };
    const piece = { cle, reponse, enveloppe, lot, nom, fichier, destinataire, ...(attendue ? { piece: attendue } : {}), ...(remplace ? { remplace } : {}) };
    const ligne = { voie: estPetite(fichier) ? this.petites : this.grosses, piece, etat, parties: new Map(), arret: null, fin: Promise.resolve() };
    this.lignes.set(cle, ligne);
    this.lancerSiPossible(ligne);
    this.signaler();
    return cle;
  }

  /**
   * Le fichier que la personne donne à une pièce interrompue. Sa reprise, qui se passait de l'original, a pu repartir
   * pendant les contrôles : elle lui laisse la place. Finie entre-temps, elle suffit.
   */
  async redonner(piece: NouvellePiece & { fichier: Blob }): Promise<string> {
    const cle = cleDePiece(this.reglages.reponse, piece);
    await this.interrompre(cle);
    const recue = this.lignes.get(cle)?.etat.etat === "recu";
    return recue && (await this.reglages.scellement.estDejaEnvoye(cle, piece.fichier)) ? cle : this.ajouter(piece);
  }

  mettreEnPause(cle?: string): void {
    if (cle === undefined) this.enPause = true;
    for (const ligne of this.choisies(cle)) {
      if (ligne.etat.etat === "attente" || ligne.etat.etat === "envoi") ligne.etat.etat = "en_pause";
      ligne.arret?.abort();
    }
    this.signaler();
  }

  /** Reprend une pièce, ou toutes : après une pause, une reconnexion ou une erreur. */
  reprendre(cle?: string): void {
    this.enPause = false;
    this.arret = null;
    for (const ligne of this.choisies(cle)) {
      if (ligne.etat.etat === "en_pause" || ligne.etat.etat === "erreur") this.changer(ligne, { etat: "attente", message: null, cause: null });
    }
    this.avancer();
  }

  /** Interrompt une pièce et attend qu'elle ait rendu la main ; elle garde tout ce qui est reçu. */
  async interrompre(cle: string): Promise<void> {
    this.mettreEnPause(cle);
    await this.lignes.get(cle)?.fin;
  }

  /** Retire une pièce, ici et chez le serveur. */
  async retirer(cle: string): Promise<void> {
    const ligne = this.lignes.get(cle);
    if (!ligne) return;
    ligne.etat.etat = "en_pause";
    ligne.arret?.abort();
    await ligne.fin;
    if (ligne.etat.distant) await this.reglages.transport.supprimer(ligne.etat.distant);
    await this.reglages.scellement.oublier(cle);
    this.lignes.delete(cle);
    this.avancer();
  }

  etat(): EtatDeFile {
    const pieces = [...this.lignes.values()].map(({ etat }) => ({ ...etat }));
    const octetsTotal = pieces.reduce((somme, piece) => somme + piece.tailleScellee, 0);
    const octetsRecus = pieces.reduce((somme, piece) => somme + piece.octetsRecus, 0);
    return {
      pieces, octetsTotal, octetsRecus, debit: this.debit.parSeconde(),
      resteMillisecondes: this.debit.tempsRestant(octetsTotal - octetsRecus), enPause: this.enPause, arret: this.arret,
    };
  }

  /** Revient quand plus rien n'avance : tout est reçu, en pause ou en erreur. */
  async auRepos(): Promise<EtatDeFile> {
    while (this.actives > 0) {
      await new Promise<void>((resoudre) => this.attentes.push(resoudre));
    }
    return this.etat();
  }

  private choisies(cle?: string): Ligne[] {
    const lignes = [...this.lignes.values()];
    return cle === undefined ? lignes : lignes.filter((ligne) => ligne.piece.cle === cle);
  }

  private lancerSiPossible(ligne: Ligne): void {
    if (this.enPause || this.arret || ligne.voie.libres === 0) return;
    if (ligne.etat.etat === "attente" && !ligne.arret) ligne.fin = this.traiter(ligne);
  }

  private avancer(): void {
    for (const ligne of this.lignes.values()) {
      if (this.grosses.libres === 0 && this.petites.libres === 0) break;
      this.lancerSiPossible(ligne);
    }
    this.signaler();
  }

  private async traiter(ligne: Ligne): Promise<void> {
    const interruption = new AbortController();
    ligne.arret = interruption;
    ligne.voie.libres--;
    this.actives++;
    this.changer(ligne, { etat: "envoi", message: null, cause: null });
    try {
      const { scellement, transport } = this.reglages;
      const envoi = new Envoi(ligne.piece, scellement, transport, ligne.voie.envois, this.suivi(ligne), this.paquets);
      const { distant, resultat } = await envoi.mener(interruption.signal);
      this.changer(ligne, { etat: "recu", distant, resultat, octetsRecus: ligne.etat.tailleScellee, message: null, cause: null });
    } catch (erreur) {
      this.noterEchec(ligne, erreur);
      await this.reglages.scellement.fermer(ligne.piece.cle).catch(() => undefined);
    }
    ligne.arret = null;
    ligne.voie.libres++;
    this.actives--;
    this.avancer();
    for (const resoudre of this.attentes.splice(0)) resoudre();
  }

  private noterEchec(ligne: Ligne, erreur: unknown): void {
    if (erreur instanceof TransportError && erreur.sens === "abandonne") return this.changer(ligne, { etat: ligne.etat.etat === "attente" ? "attente" : "en_pause" });
    const message = erreur instanceof Error ? erreur.message : String(erreur);
    if (erreur instanceof TransportError && ARRETS.includes(erreur.sens)) return this.arreterTout(ligne, erreur);
    const cause = erreur instanceof TransportError ? erreur.sens : erreur instanceof ScellementError ? erreur.cause : "panne";
    this.changer(ligne, { etat: "erreur", message, cause });
  }

  private arreterTout(ligne: Ligne, { sens, message }: TransportError): void {
    this.arret = { sens, message };
    this.changer(ligne, { etat: "en_pause", message, cause: sens });
    this.mettreEnPause();
    this.enPause = false;
  }

  private suivi(ligne: Ligne): Suivi {
    return {
      surOuverture: (_ouverture, distant) => {
        ligne.parties.clear();
        this.changer(ligne, { distant, octetsRecus: 0 });
      },
      surPartie: (numero, octets, nouveaux) => {
        const avant = ligne.parties.get(numero) ?? 0;
        ligne.parties.set(numero, octets);
        if (nouveaux) this.debit.ajouter(octets - avant);
        this.changer(ligne, { octetsRecus: [...ligne.parties.values()].reduce((somme, valeur) => somme + valeur, 0) });
      },
      surRecommencement: (message) => this.changer(ligne, { message, octetsRecus: 0, distant: null }),
    };
  }

  private changer(ligne: Ligne, changement: Partial<EtatDePiece>): void {
    Object.assign(ligne.etat, changement);
    this.signaler();
  }

  /**
   * La page est prévenue dix fois par seconde, moins souvent quand il y a beaucoup à redire : elle ne doit pas se figer.
   * Quand plus rien n'avance, elle l'est aussitôt.
   */
  private signaler(): void {
    const auRepos = this.actives === 0;
    if (!this.reglages.surChangement || (this.signal !== undefined && !auRepos)) return;
    clearTimeout(this.signal);
    this.signal = setTimeout(() => {
      this.signal = undefined;
      this.reglages.surChangement?.(this.etat());
    }, auRepos ? 0 : Math.max(RYTHME_DES_SIGNAUX_MS, this.lignes.size / PIECES_PAR_MILLISECONDE_DE_RYTHME));
  }
}
