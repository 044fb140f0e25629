/** Horloge du serveur : seule elle fait foi ; celle de l'ordinateur ne sert qu'à compter le temps qui passe. */

export interface EtatDHorloge {
  /** Millisecondes à ajouter à l'horloge de l'ordinateur ; `null` avant la première mesure. */
  ecart: number | null;
  /** Plus ou moins, en millisecondes. */
  incertitude: number | null;
  horsConnexion: boolean;
  /** Âge de la dernière mesure, en millisecondes. */
  age: number | null;
}

export interface ReglagesDHorloge {
  adresse?: string;
  interroger?: (adresse: string) => Promise<string>;
  /** Horloge de l'ordinateur (murale) et horloge régulière (qui ne recule jamais). */
  murale?: () => number;
  reguliere?: () => number;
  surChangement?: (etat: EtatDHorloge) => void;
}

interface Mesure {
  /** Instant du serveur quand l'horloge régulière valait `repere`. */
  instant: number;
  repere: number;
  incertitude: number;
}

const MESURES_PAR_TOUR = 5;
const PERIODE_MS = 60_000;
/** Une horloge de quartz dérive d'au plus 50 millionièmes environ. */
const DERIVE = 5e-5;
const ECART_ANORMAL_MS = 30_000;

async function interrogerParFetch(adresse: string): Promise<string> {
  const reponse = await fetch(adresse, { cache: "no-store" });
  if (!reponse.ok) throw new Error(`statut ${reponse.status}`);
  return reponse.text();
}

/** Instant ISO, en texte simple ou dans du JSON (`"…"` ou `{"heure": "…"}`). */
export function lireInstant(corps: string): number {
  let texte = corps.trim();
  if (texte.startsWith("{") || texte.startsWith('"')) {
    const valeur = JSON.parse(texte) as string | { heure?: string };
    texte = typeof valeur === "string" ? valeur : (valeur.heure ?? "");
  }
  const instant = /(?:Z|[+-]\d\d:?\d\d)$/.test(texte) ? Date.parse(texte) : NaN;
  if (Number.isNaN(instant)) throw new Error("heure illisible");
  return instant;
}

export class Horloge {
  private mesure: Mesure | null = null;
  private horsConnexion = false;
  private minuterie: ReturnType<typeof setInterval> | undefined;
  private readonly surRetour = () => void this.synchroniser();

  constructor(private readonly reglages: ReglagesDHorloge = {}) {}

  private get murale(): () => number {
    return this.reglages.murale ?? Date.now;
  }

  private get reguliere(): () => number {
    return this.reglages.reguliere ?? (() => performance.now());
  }

  private async mesurer(): Promise<Mesure> {
    const depart = this.reguliere();
    const instant = lireInstant(await (this.reglages.interroger ?? interrogerParFetch)(this.reglages.adresse ?? "/heure"));
    const arrivee = this.reguliere();
    // Le serveur a lu son heure quelque part entre l'aller et le retour.
    return { instant, repere: (depart + arrivee) / 2, incertitude: (arrivee - depart) / 2 };
  }

  /** Cinq mesures, on garde celle dont l'aller-retour est le plus court. */
  async synchroniser(): Promise<EtatDHorloge> {
    const mesures: Mesure[] = [];
    for (let i = 0; i < MESURES_PAR_TOUR; i++) {
      try {
        mesures.push(await this.mesurer());
      } catch {
        break;
      }
    }
    this.horsConnexion = mesures.length === 0;
    for (const mesure of mesures) {
      if (!this.mesure || mesure.incertitude < this.incertitudeDe(this.mesure, mesure.repere)) this.mesure = mesure;
    }
    const etat = this.etat();
    this.reglages.surChangement?.(etat);
    return etat;
  }

  private incertitudeDe(mesure: Mesure, repere: number): number {
    return mesure.incertitude + Math.abs(repere - mesure.repere) * DERIVE;
  }

  /** Heure du serveur ; à défaut de mesure, celle de l'ordinateur. */
  maintenant(): Date {
    if (!this.mesure) return new Date(this.murale());
    return new Date(this.mesure.instant + this.reguliere() - this.mesure.repere);
  }

  etat(): EtatDHorloge {
    const repere = this.reguliere();
    return {
      ecart: this.mesure ? this.maintenant().getTime() - this.murale() : null,
      incertitude: this.mesure ? this.incertitudeDe(this.mesure, repere) : null,
      horsConnexion: this.horsConnexion,
      age: this.mesure ? repere - this.mesure.repere : null,
    };
  }

  /** Millisecondes avant l'heure limite, négatives après. */
  resteAvant(limite: Date): number {
    return limite.getTime() - this.maintenant().getTime();
  }

  /** L'ordinateur se trompe de plus de trente secondes. */
  ordinateurDeregle(): boolean {
    const { ecart, incertitude } = this.etat();
    return ecart !== null && Math.abs(ecart) > ECART_ANORMAL_MS + (incertitude ?? 0);
  }

  demarrer(): void {
    void this.synchroniser();
    this.minuterie = setInterval(this.surRetour, PERIODE_MS);
    addEventListener("focus", this.surRetour);
    addEventListener("online", this.surRetour);
  }

  arreter(): void {
    clearInterval(this.minuterie);
    removeEventListener("focus", this.surRetour);
    removeEventListener("online", this.surRetour);
  }
}
