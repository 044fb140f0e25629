/** Un micro, fermé tant que personne ne l'ouvre. L'émetteur est négocié d'avance : ouvrir ou couper ne renégocie rien. */

/** Ce que l'on emploie d'une piste et de son émetteur, et qu'un essai peut contrefaire. */
export interface Piste {
  onended: ((evenement: Event) => void) | null;
  stop(): void;
}

export interface Emetteur<P extends Piste> {
  replaceTrack(piste: P | null): Promise<void>;
}

export class Micro<P extends Piste> {
  private piste: P | null = null;
  private emetteur: Emetteur<P> | null = null;
  private fini = false;

  constructor(
    private readonly demander: () => Promise<P>,
    private readonly change: (ouvert: boolean) => void,
  ) {}

  get ouvert(): boolean {
    return this.piste !== null;
  }

  /** Une liaison neuve remplace l'ancienne : un micro ouvert le reste, un micro coupé aussi. */
  async brancher(emetteur: Emetteur<P>): Promise<void> {
    this.emetteur = emetteur;
    await emetteur.replaceTrack(this.piste);
  }

  async ouvrir(): Promise<void> {
    if (this.ouvert || this.fini) return;
    const piste = await this.demander();
    // Le partage a pu finir pendant que le navigateur demandait la permission.
    if (this.ouvert || this.fini) return piste.stop();
    this.piste = piste;
    // Le poste débranche le micro, ou le navigateur en retire la permission : c'est coupé, et cela se dit.
    piste.onended = () => this.couper();
    this.change(true);
    try {
      await this.emetteur?.replaceTrack(piste);
    } catch (erreur) {
      // Personne n'entendrait : un micro ouvert pour rien ne le reste pas.
      this.couper();
      throw erreur;
    }
  }

  /** La piste s'arrête avant toute autre chose : le poste lui-même n'écoute plus. */
  couper(): void {
    const piste = this.piste;
    if (!piste) return;
    this.piste = null;
    piste.onended = null;
    piste.stop();
    void this.emetteur?.replaceTrack(null).catch(() => undefined);
    this.change(false);
  }

  finir(): void {
    this.fini = true;
    this.couper();
  }
}
