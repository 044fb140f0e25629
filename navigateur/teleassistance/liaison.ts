/** La liaison de deux navigateurs, sans rien savoir de l'écran ni du serveur : des signaux entrent, des signaux sortent.
 *
 * Qui regarde dit « prêt » ; qui montre répond par une offre. Recharger une page, choisir un autre écran après une coupure :
 * tout repart d'un « prêt » ou d'une offre plus récente. Le tour départage ce qui vient d'une liaison d'avant.
 */

export type Genre = "pret" | "offre" | "reponse" | "candidat";

export interface Signal {
  genre: Genre;
  corps: string;
}

interface Corps {
  tour: number;
  sdp?: string;
  candidat?: RTCIceCandidateInit;
}

/** Ce que l'on emploie de RTCPeerConnection, et qu'un essai peut contrefaire. */
export interface Pair {
  createOffer(): Promise<RTCSessionDescriptionInit>;
  createAnswer(): Promise<RTCSessionDescriptionInit>;
  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidat: RTCIceCandidateInit): Promise<void>;
  close(): void;
  connectionState: string;
  onicecandidate: ((evenement: { candidate: { toJSON(): RTCIceCandidateInit } | null }) => void) | null;
  onconnectionstatechange: (() => void) | null;
}

export type Phase = "attente" | "liaison" | "joint" | "coupe" | "fini";

export interface Dehors {
  /** Un pair neuf, avec ses pistes ou ses oreilles. */
  nouveauPair(): Pair;
  poster(signal: Signal): Promise<void>;
  phase(phase: Phase): void;
}

function corpsDe(texte: string): Corps | null {
  try {
    const lu = JSON.parse(texte) as Partial<Corps> | null;
    return typeof lu?.tour === "number" ? (lu as Corps) : null;
  } catch {
    return null;
  }
}

export class Liaison {
  private pair: Pair | null = null;
  private tour = 0;
  private enPlace = false;
  private attendus: RTCIceCandidateInit[] = [];
  private phase: Phase = "attente";
  private file: Promise<void> = Promise.resolve();

  constructor(
    private readonly role: "montre" | "regarde",
    private readonly dehors: Dehors,
    /** Qui montre ne peut offrir qu'après avoir choisi. */
    private choisi = role === "regarde",
  ) {}

  /** Qui regarde annonce qu'il est là ; il le redit s'il recharge sa page. */
  async annoncer(): Promise<void> {
    await this.dehors.poster({ genre: "pret", corps: JSON.stringify({ tour: 0 }) });
  }

  /** Qui montre vient de choisir : l'offre part, que l'autre ait déjà dit « prêt » ou non. */
  async choisir(): Promise<void> {
    this.choisi = true;
    await this.enFile(() => this.offrir());
  }

  /** Les signaux se traitent un par un, dans leur ordre. */
  recevoir(signal: Signal): Promise<void> {
    return this.enFile(() => this.traiter(signal));
  }

  finir(): void {
    this.dire("fini");
    this.fermer();
  }

  private enFile(geste: () => Promise<void>): Promise<void> {
    const suite = this.file.then(() => (this.phase === "fini" ? undefined : geste()));
    this.file = suite.catch(() => undefined);
    return suite;
  }

  private async traiter({ genre, corps }: Signal): Promise<void> {
    const lu = corpsDe(corps);
    if (!lu) return;
    if (genre === "pret" && this.role === "montre" && this.choisi) return this.offrir();
    if (genre === "offre" && this.role === "regarde" && lu.sdp) return this.repondre(lu.tour, lu.sdp);
    if (lu.tour !== this.tour || !this.pair) return;
    if (genre === "reponse" && this.role === "montre" && lu.sdp && !this.enPlace) return this.conclure(lu.sdp);
    if (genre === "candidat" && lu.candidat) return this.ajouter(lu.candidat);
  }

  private async offrir(): Promise<void> {
    const pair = this.ouvrir(this.tour + 1);
    const offre = await pair.createOffer();
    await pair.setLocalDescription(offre);
    await this.poster("offre", { sdp: offre.sdp });
  }

  private async repondre(tour: number, sdp: string): Promise<void> {
    if (tour <= this.tour) return;
    const pair = this.ouvrir(tour);
    await pair.setRemoteDescription({ type: "offer", sdp });
    await this.enPlaceDesormais();
    const reponse = await pair.createAnswer();
    await pair.setLocalDescription(reponse);
    await this.poster("reponse", { sdp: reponse.sdp });
  }

  private async conclure(sdp: string): Promise<void> {
    await this.pair?.setRemoteDescription({ type: "answer", sdp });
    await this.enPlaceDesormais();
  }

  /** Un candidat arrivé avant la description qu'il complète attend son tour. */
  private async ajouter(candidat: RTCIceCandidateInit): Promise<void> {
    if (this.enPlace) await this.pair?.addIceCandidate(candidat);
    else this.attendus.push(candidat);
  }

  private async enPlaceDesormais(): Promise<void> {
    this.enPlace = true;
    const attendus = this.attendus;
    this.attendus = [];
    for (const candidat of attendus) await this.pair?.addIceCandidate(candidat);
  }

  private ouvrir(tour: number): Pair {
    this.fermer();
    this.tour = tour;
    const pair = (this.pair = this.dehors.nouveauPair());
    pair.onicecandidate = ({ candidate }) => {
      // Un candidat perdu n'empêche pas les autres de joindre.
      if (candidate && pair === this.pair) void this.poster("candidat", { candidat: candidate.toJSON() }).catch(() => undefined);
    };
    pair.onconnectionstatechange = () => {
      if (pair === this.pair) this.suivre(pair.connectionState);
    };
    this.dire("liaison");
    return pair;
  }

  private suivre(etat: string): void {
    if (etat === "connected") this.dire("joint");
    else if (etat === "failed" || etat === "closed") this.dire("coupe");
  }

  private poster(genre: Genre, reste: Partial<Corps>): Promise<void> {
    return this.dehors.poster({ genre, corps: JSON.stringify({ tour: this.tour, ...reste }) });
  }

  private fermer(): void {
    if (this.pair) {
      this.pair.onicecandidate = this.pair.onconnectionstatechange = null;
      this.pair.close();
    }
    this.pair = null;
    this.enPlace = false;
    this.attendus = [];
  }

  private dire(phase: Phase): void {
    if (this.phase === phase || this.phase === "fini") return;
    this.phase = phase;
    this.dehors.phase(phase);
  }
}
