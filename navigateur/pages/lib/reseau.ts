/** Ce que la page dit quand le réseau, le serveur ou son disque font défaut. Rien n'est perdu, et cela se dit. */
import type { TransportError } from "../../depot/erreurs";
import { avisPose, leverUnAvis, poserUnAvis } from "./avis";
import { bouton } from "./dom";
import { heureCourte } from "./mots";
import { horloge } from "./temps";

const INCIDENT_MS = 60_000;

export class EtatDuReseau {
  private premierEchec: number | null = null;

  constructor(private readonly avancement: () => { octetsRecus: number; octetsTotal: number }, private readonly reessayer: () => void) {
    addEventListener("offline", () => this.perdue());
    addEventListener("online", () => this.revenue());
  }

  private get part(): string {
    const { octetsRecus, octetsTotal } = this.avancement();
    return octetsTotal > 0 ? `${Math.floor((octetsRecus / octetsTotal) * 100)} % est déjà reçu.` : "Ce qui est reçu est gardé.";
  }

  attente(erreur: TransportError, millisecondes: number): void {
    this.premierEchec ??= performance.now();
    const secondes = Math.max(1, Math.round(millisecondes / 1000));
    if (erreur.sens === "reseau") return this.perdue();
    if (performance.now() - this.premierEchec > INCIDENT_MS) return this.incident();
    poserUnAvis("reseau", "attention", "Le serveur redémarre", `Rien n'est perdu : ${this.part} Reprise dans ${secondes} s.`);
  }

  private perdue(): void {
    this.premierEchec ??= performance.now();
    leverUnAvis("retour");
    poserUnAvis("reseau", "attention", "Connexion perdue", `Rien n'est perdu : ${this.part} Reprise automatique dès le retour du réseau.`);
  }

  private incident(): void {
    const debut = new Date(horloge.maintenant().getTime() - (performance.now() - (this.premierEchec ?? 0)));
    poserUnAvis("reseau", "danger", `Incident de notre côté depuis ${heureCourte(debut)}`, "Continuez à essayer, et laissez cette page ouverte. Vous pouvez déposer après l'heure limite : l'acheteur décidera.");
  }

  /** Un octet est passé, ou le réseau est là de nouveau. */
  revenue(): void {
    this.premierEchec = null;
    if (!avisPose("reseau")) return;
    leverUnAvis("reseau");
    poserUnAvis("retour", "ok", "Connexion revenue", "L'envoi a repris là où il en était.");
  }

  disquePlein(message: string): void {
    poserUnAvis("disque", "danger", "Le serveur manque de place", `${message} Réessayez dans un instant, ou préparez une copie de sauvegarde.`, bouton("Réessayer", "", () => {
      leverUnAvis("disque");
      this.reessayer();
    }, "bouton"));
  }
}
