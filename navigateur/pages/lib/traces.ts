/**
 * Ce que la page rapporte de la tentative : les messages qu'elle a montrés, les reprises, les erreurs, le clic. Jamais un contenu.
 *
 * Gardé dans ce navigateur tant que le serveur n'a pas répondu : s'il était tombé, c'est au retour que l'on saura ce qui a été vu.
 */
import { temoin } from "./temoin";

export type Nature = "message" | "envoi" | "reprise" | "acquis" | "clic" | "refus" | "erreur" | "recepisse";

export interface Precision {
  texte?: string;
  cause?: string;
  details?: Record<string, number | string>;
}

interface Trace extends Precision {
  nature: Nature;
  /** L'heure du poste, en millisecondes. */
  a: number;
}

const GARDEES_AU_PLUS = 256;
const PAR_ENVOI = 64;
/** Le serveur n'en lit pas plus de 32 Kio ; une trace plus longue que tout l'envoi est raccourcie. */
const OCTETS_PAR_ENVOI = 30_000;
const SIGNES_AU_PLUS = 2000;
const ATTENTE_MS = 3000;

let adresse = "";
let tiroir = "";
let minuterie: ReturnType<typeof setTimeout> | null = null;
/** Un navigateur qui ne garde rien les tient au moins le temps de la page. */
let sansTiroir: Trace[] = [];

function gardees(): Trace[] {
  if (sansTiroir.length > 0) return sansTiroir;
  try {
    const lues: unknown = JSON.parse(localStorage.getItem(tiroir) ?? "[]");
    return Array.isArray(lues) ? (lues as Trace[]) : [];
  } catch {
    return [];
  }
}

function garder(traces: Trace[]): void {
  const dernieres = traces.slice(-GARDEES_AU_PLUS);
  sansTiroir = [];
  try {
    if (dernieres.length === 0) localStorage.removeItem(tiroir);
    else localStorage.setItem(tiroir, JSON.stringify(dernieres));
  } catch {
    sansTiroir = dernieres;
  }
}

/** Autant de traces, des plus anciennes, que le serveur en lit d'un envoi. */
function premierLot(): Trace[] {
  let octets = 0;
  return gardees().slice(0, PAR_ENVOI).filter((trace) => {
    octets += new TextEncoder().encode(JSON.stringify(trace)).length + 2;
    return octets <= OCTETS_PAR_ENVOI;
  });
}

async function vider(): Promise<void> {
  minuterie = null;
  const lot = premierLot();
  if (lot.length === 0 || navigator.onLine === false) return;
  try {
    const reponse = await fetch(adresse, { method: "POST", keepalive: true, body: JSON.stringify(lot), headers: { "Content-Type": "application/json", "X-CSRFToken": temoin() } });
    if (!reponse.ok) return;
  } catch {
    return;
  }
  garder(gardees().slice(lot.length));
  if (gardees().length > 0) planifier();
}

function planifier(): void {
  minuterie ??= setTimeout(() => void vider(), ATTENTE_MS);
}

export function rapporter(nature: Nature, precision: Precision = {}): void {
  if (!adresse) return;
  const texte = precision.texte?.slice(0, SIGNES_AU_PLUS);
  garder([...gardees(), { nature, a: Date.now(), ...precision, ...(texte === undefined ? {} : { texte }) }]);
  planifier();
}

/** À l'ouverture de la page : ce qu'une visite d'avant n'a pas pu dire part d'abord. */
export function rapporterA(ou: string, reponse: string): void {
  adresse = ou;
  tiroir = `beffroi-traces-${reponse}`;
  addEventListener("online", planifier);
  addEventListener("pagehide", () => void vider());
  addEventListener("error", ({ message }) => rapporter("erreur", { texte: message }));
  addEventListener("unhandledrejection", ({ reason }) => rapporter("erreur", { texte: reason instanceof Error ? reason.message : "" }));
  planifier();
}
