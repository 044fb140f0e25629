/** Une requête, et sa répétition : attente qui double, hasard, réveil au retour du réseau. */
import { TransportError, abandon, erreurDeReseau, erreurDeStatut } from "./erreurs";

export interface Reponse {
  statut: number;
  corps: string;
  attendreSecondes: number | null;
}

export interface Requete {
  methode: string;
  adresse: string;
  entetes: Record<string, string>;
  corps?: string | ArrayBuffer;
  /** Un succès qui n'est pas du JSON vient d'un portail captif ou d'un mandataire : c'est une panne. */
  attendDuJson?: boolean;
  signal?: AbortSignal;
  surProgres?: (octets: number) => void;
}

export type Emetteur = (requete: Requete) => Promise<Reponse>;

/** Fixés par le navigateur seul : les poser ferait échouer la requête. */
const ENTETES_RESERVES = new Set(["content-length", "host", "connection"]);

function delaiDemande(valeur: string | null): number | null {
  const secondes = Number(valeur);
  return valeur !== null && Number.isFinite(secondes) && secondes >= 0 ? secondes : null;
}

function entetesPermis(entetes: Record<string, string>): [string, string][] {
  return Object.entries(entetes).filter(([nom]) => !ENTETES_RESERVES.has(nom.toLowerCase()));
}

export const emettreParFetch: Emetteur = async ({ methode, adresse, entetes, corps, signal }) => {
  const options: RequestInit = { method: methode, headers: entetesPermis(entetes), cache: "no-store", signal: signal ?? null };
  const reponse = await fetch(adresse, corps === undefined ? options : { ...options, body: corps });
  return { statut: reponse.status, corps: await reponse.text(), attendreSecondes: delaiDemande(reponse.headers.get("Retry-After")) };
};

/** `fetch` ne dit pas l'avancement d'un envoi ; une partie peut durer une minute sur une ligne lente. */
export const emettreParXhr: Emetteur = ({ methode, adresse, entetes, corps, signal, surProgres }) =>
  new Promise((resoudre, rejeter) => {
    const xhr = new XMLHttpRequest();
    xhr.open(methode, adresse);
    for (const [nom, valeur] of entetesPermis(entetes)) xhr.setRequestHeader(nom, valeur);
    xhr.upload.onprogress = (evenement) => surProgres?.(evenement.loaded);
    xhr.onload = () => resoudre({ statut: xhr.status, corps: xhr.responseText, attendreSecondes: delaiDemande(xhr.getResponseHeader("Retry-After")) });
    xhr.onerror = () => rejeter(new TypeError("réseau"));
    xhr.ontimeout = () => rejeter(new TypeError("délai dépassé"));
    xhr.onabort = () => rejeter(new DOMException("abandon", "AbortError"));
    const interrompre = () => xhr.abort();
    // Le signal vit autant que le fichier : sans ce retrait, il garderait en mémoire chaque partie déjà partie.
    xhr.onloadend = () => signal?.removeEventListener("abort", interrompre);
    signal?.addEventListener("abort", interrompre, { once: true });
    if (signal?.aborted) xhr.abort();
    else xhr.send(corps ?? null);
  });

/** Le temps, le hasard et l'état du réseau, remplaçables dans les tests. */
export interface Milieu {
  hasard(): number;
  enLigne(): boolean;
  /** Attend, ou revient plus tôt quand le réseau revient ; rejette si `signal` s'interrompt. */
  attendre(millisecondes: number, signal?: AbortSignal): Promise<void>;
}

export const milieuDuNavigateur: Milieu = {
  hasard: () => Math.random(),
  enLigne: () => navigator.onLine !== false,
  attendre: (millisecondes, signal) =>
    new Promise((resoudre, rejeter) => {
      const finir = (suite: () => void) => {
        clearTimeout(minuterie);
        removeEventListener("online", reveiller);
        signal?.removeEventListener("abort", interrompre);
        suite();
      };
      const reveiller = () => finir(resoudre);
      const interrompre = () => finir(() => rejeter(abandon()));
      const minuterie = setTimeout(reveiller, millisecondes);
      addEventListener("online", reveiller, { once: true });
      signal?.addEventListener("abort", interrompre, { once: true });
      if (signal?.aborted) interrompre();
    }),
};

const PREMIERE_ATTENTE_MS = 500;
const PLUS_LONGUE_ATTENTE_MS = 30_000;
const ATTENTE_HORS_LIGNE_MS = 30_000;

/** Attente avant le nouvel essai : doublée à chaque fois, tirée au hasard pour que tous ne reviennent pas ensemble. */
export function attenteAvantEssai(essai: number, hasard: number): number {
  const plafond = Math.min(PLUS_LONGUE_ATTENTE_MS, PREMIERE_ATTENTE_MS * 2 ** Math.min(essai, 10));
  return plafond / 2 + (plafond / 2) * hasard;
}

async function unEssai(emettre: Emetteur, requete: Requete): Promise<Reponse> {
  try {
    return await emettre(requete);
  } catch {
    throw requete.signal?.aborted ? abandon() : erreurDeReseau();
  }
}

function estDuJson(corps: string): boolean {
  try {
    return corps === "" || JSON.parse(corps) !== undefined;
  } catch {
    return false;
  }
}

function erreurDe(requete: Requete, { statut, corps }: Reponse): TransportError | null {
  if (statut < 200 || statut >= 400) return erreurDeStatut(statut, corps);
  return requete.attendDuJson && !estDuJson(corps) ? erreurDeStatut(502, "") : null;
}

export interface Insistance {
  emettre: Emetteur;
  milieu: Milieu;
  /** Dit à la page qu'un essai a échoué et quand vient le suivant. */
  surAttente?: (erreur: TransportError, millisecondes: number) => void;
  essaisMaximum?: number;
}

/** Répète tant que la panne est passagère ; rend la première réponse qui dit quelque chose. */
export async function insister(requete: Requete, { emettre, milieu, surAttente, essaisMaximum = Infinity }: Insistance): Promise<Reponse> {
  for (let essai = 0; ; essai++) {
    let demandee: number | null = null;
    let erreur: TransportError;
    try {
      const reponse = await unEssai(emettre, requete);
      const refus = erreurDe(requete, reponse);
      if (!refus) return reponse;
      erreur = refus;
      demandee = reponse.attendreSecondes;
    } catch (echec) {
      erreur = echec as TransportError;
    }
    if (!erreur.passagere || essai + 1 >= essaisMaximum) throw erreur;
    const calculee = milieu.enLigne() ? attenteAvantEssai(essai, milieu.hasard()) : ATTENTE_HORS_LIGNE_MS;
    const duree = demandee === null ? calculee : Math.min(demandee * 1000, PLUS_LONGUE_ATTENTE_MS);
    surAttente?.(erreur, duree);
    await milieu.attendre(duree, requete.signal);
  }
}
