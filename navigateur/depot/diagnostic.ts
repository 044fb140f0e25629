/**
 * Ce qu'un poste peut faire, mesuré par le chemin même du dépôt : l'ouvrier scelle un fichier d'essai, la page le rouvre,
 * le serveur en reçoit les octets scellés et en rend l'empreinte.
 */
import { unseal } from "../sceau/age";
import { type Bytes, equal } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { generateKeyPair } from "../sceau/identity";
import type { Scellement } from "./protocole";
import type { Emetteur } from "./reseau";

export interface Mesures {
  navigateur: string;
  version: number;
  outils: boolean;
  scellement_ms: number | null;
  reserve: boolean;
  place_libre: number | null;
  debit: number | null;
  ecart_ms: number | null;
  /** Ce que le serveur a signé de l'envoi ; vide tant que rien n'est arrivé entier. */
  recu: string;
}

export function rien(): Mesures {
  return { navigateur: "", version: 0, outils: false, scellement_ms: null, reserve: false, place_libre: null, debit: null, ecart_ms: null, recu: "" };
}

/** Le nom et la version que ce navigateur donne ; Edge se dit aussi Chrome, et Chrome se dit aussi Safari. */
export function navigateurDe(agent: string): { navigateur: string; version: number } {
  for (const [navigateur, motif] of [["Edge", /Edg\/(\d+)/], ["Firefox", /Firefox\/(\d+)/], ["Chrome", /Chrom(?:e|ium)\/(\d+)/], ["Safari", /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/]] as const) {
    const version = motif.exec(agent)?.[1];
    if (version) return { navigateur, version: Number(version) };
  }
  return { navigateur: "", version: 0 };
}

export function outilsPresents(): boolean {
  return isSecureContext && typeof Worker !== "undefined" && typeof indexedDB !== "undefined" && typeof crypto?.subtle === "object" && typeof crypto.randomUUID === "function";
}

const CLE = "diagnostic";
const PAS_ALEATOIRE = 65_536;

export function octetsAuHasard(taille: number): Bytes {
  const octets = new Uint8Array(taille);
  for (let debut = 0; debut < taille; debut += PAS_ALEATOIRE) crypto.getRandomValues(octets.subarray(debut, debut + PAS_ALEATOIRE));
  return octets;
}

export interface EssaiScelle {
  octets: ArrayBuffer;
  sha256: string;
  ms: number;
  reserve: boolean;
}

/** Scelle par l'ouvrier, rouvre dans la page, compare ; puis efface ce qui a été gardé. */
export async function scellerEtRouvrir(scellement: Scellement, taille: number, montre: () => number = () => performance.now()): Promise<EssaiScelle> {
  const clair = octetsAuHasard(taille);
  const { recipient, identity } = await generateKeyPair();
  const debut = montre();
  try {
    const { reserve } = await scellement.ouvrir({ cle: CLE, fichier: new Blob([clair]), destinataire: recipient });
    const { octets } = await scellement.partie(CLE, 1, true);
    if (!octets) throw new Error("la partie scellée n'est pas venue");
    const rouvert = await unseal(new Uint8Array(octets), identity);
    if (!equal(rouvert, clair)) throw new Error("le fichier rouvert diffère");
    return { octets, sha256: await sha256Hex(new Uint8Array(octets)), ms: Math.round(montre() - debut), reserve };
  } finally {
    await scellement.oublier(CLE).catch(() => undefined);
  }
}

/** Place que le navigateur dit laisser à ce site. */
export async function placeLibre(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined ? null : Math.max(0, Math.round(quota - (usage ?? 0)));
  } catch {
    return null;
  }
}

export interface Envoi {
  debit: number | null;
  recu: string;
}

interface Accuse {
  octets: number;
  sha256: string;
  recu: string;
}

const ESSAIS = 3;
const OCCUPE = 429;

/**
 * Envoie les octets scellés, au plus `delaiMs` : une ligne trop lente donne quand même son débit. Le serveur occupé n'est
 * pas une panne du poste : on attend ce qu'il demande, deux fois.
 */
export async function envoyerAuServeur(adresse: string, { octets, sha256 }: EssaiScelle, { emettre, delaiMs, montre = () => performance.now(), surProgres }: { emettre: Emetteur; delaiMs: number; montre?: () => number; surProgres?: (octets: number) => void }): Promise<Envoi> {
  const fin = montre() + delaiMs;
  for (let essai = 1; ; essai++) {
    const depart = montre();
    let partis = 0;
    const arret = new AbortController();
    const minuterie = setTimeout(() => arret.abort(), Math.max(1, fin - depart));
    const debit = (envoyes: number) => (envoyes > 0 ? Math.round((envoyes * 1000) / Math.max(1, montre() - depart)) : null);
    try {
      const reponse = await emettre({
        methode: "POST",
        adresse,
        entetes: { "Content-Type": "application/octet-stream" },
        corps: octets,
        signal: arret.signal,
        surProgres: (envoyes) => {
          partis = envoyes;
          surProgres?.(envoyes);
        },
      });
      const attente = (reponse.attendreSecondes ?? 5) * 1000;
      if (reponse.statut === OCCUPE && essai < ESSAIS && montre() + attente < fin) {
        await new Promise((suite) => setTimeout(suite, attente));
        continue;
      }
      if (reponse.statut !== 200) return { debit: null, recu: "" };
      const accuse = JSON.parse(reponse.corps) as Accuse;
      const entier = accuse.octets === octets.byteLength && accuse.sha256 === sha256;
      return { debit: debit(octets.byteLength), recu: entier ? accuse.recu : "" };
    } catch {
      return { debit: debit(partis), recu: "" };
    } finally {
      clearTimeout(minuterie);
    }
  }
}
