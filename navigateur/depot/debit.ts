/** Débit mesuré sur une fenêtre glissante, et temps qu'il faut encore à ce débit. */

const FENETRE_MS = 30_000;

export class Debit {
  private mesures: { instant: number; octets: number }[] = [];

  constructor(private readonly maintenant: () => number) {}

  ajouter(octets: number): void {
    if (octets > 0) this.mesures.push({ instant: this.maintenant(), octets });
  }

  /** Octets par seconde ; `null` tant que rien de sûr n'a été mesuré. */
  parSeconde(): number | null {
    const maintenant = this.maintenant();
    this.mesures = this.mesures.filter(({ instant }) => maintenant - instant <= FENETRE_MS);
    const premiere = this.mesures[0];
    if (!premiere || maintenant - premiere.instant < 1000) return null;
    return (this.mesures.reduce((somme, { octets }) => somme + octets, 0) * 1000) / (maintenant - premiere.instant);
  }

  /** Millisecondes qu'il faut encore pour `restants` octets. */
  tempsRestant(restants: number): number | null {
    if (restants <= 0) return 0;
    const debit = this.parSeconde();
    return debit === null || debit === 0 ? null : (restants / debit) * 1000;
  }
}
