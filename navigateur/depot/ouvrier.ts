/** Ouvrier de scellement (Web Worker) : tout le chiffrement hors de la page, qui reste vive. */
import type { WasmAead } from "../sceau/cipher";
import { CarnetIndexedDB } from "./carnet";
import { essayerLeScellement } from "./essai_du_scellement";
import { type CauseDeScellement, type Demande, type PartieScellee, type Reponse, ScellementError } from "./protocole";
import { reserveDuNavigateur } from "./reserve";
import { Scelleur } from "./scelleur";

interface PorteeDOuvrier {
  onmessage: ((evenement: MessageEvent<Demande>) => void) | null;
  postMessage(reponse: Reponse, transfert: Transferable[]): void;
}

const portee = globalThis as unknown as PorteeDOuvrier;

/** Le module voisin n'est demandé que par les navigateurs sans ChaCha20-Poly1305 natif. */
async function chargerSodium(): Promise<WasmAead> {
  const adresse = new URL("./sodium.js", import.meta.url).href;
  const module = (await import(adresse)) as { loadSodium: () => Promise<WasmAead> };
  return module.loadSodium();
}

/** Un verrou par pièce, tenu tant qu'elle est ouverte ; sans l'API, on s'en passe. */
async function verrouiller(cle: string): Promise<(() => void) | null> {
  if (!navigator.locks) return () => undefined;
  return new Promise((obtenu, echec) => {
    const demande = navigator.locks.request(`beffroi-piece-${cle}`, { ifAvailable: true }, (verrou) => {
      if (!verrou) return obtenu(null);
      return new Promise<void>((relacher) => obtenu(relacher));
    });
    demande.catch(echec);
  });
}

async function preparer(): Promise<Scelleur> {
  const chiffre = { loadWasm: chargerSodium };
  const [carnet, reserve] = await Promise.all([CarnetIndexedDB.ouvrir(), reserveDuNavigateur(), essayerLeScellement(chiffre)]);
  return new Scelleur({ carnet, reserve, verrouiller, chiffre });
}

/** Dès que l'ouvrier vit, pendant que la personne choisit ou relit ; une panne se dira à la première demande. */
const scelleur = preparer();
scelleur.catch(() => undefined);

function causeDe(erreur: unknown): CauseDeScellement {
  if (erreur instanceof ScellementError) return erreur.cause;
  if (erreur instanceof DOMException && erreur.name === "QuotaExceededError") return "disque_plein";
  return "panne";
}

function transferables(resultat: unknown): Transferable[] {
  const octets = (resultat as Partial<PartieScellee> | undefined)?.octets;
  return octets ? [octets] : [];
}

async function traiter({ numero, operation, arguments: valeurs }: Demande): Promise<void> {
  try {
    const cible = (await scelleur) as unknown as Record<string, (...valeurs: unknown[]) => Promise<unknown>>;
    const resultat = await (cible[operation] as (...valeurs: unknown[]) => Promise<unknown>).apply(cible, valeurs);
    portee.postMessage({ numero, resultat }, transferables(resultat));
  } catch (erreur) {
    const message = erreur instanceof Error ? erreur.message : String(erreur);
    portee.postMessage({ numero, cause: causeDe(erreur), message }, []);
  }
}

portee.onmessage = (evenement) => void traiter(evenement.data);
