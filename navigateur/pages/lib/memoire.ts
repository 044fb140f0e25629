/** Ce que ce navigateur garde d'un dépôt : la demande avant de l'envoyer, puis les manifestes en clair après. */
import type { EnveloppeDeclaree } from "../../depot/transport";
import type { Manifest } from "../../sceau/manifest";

export interface Demande {
  reponse: string;
  cle: string;
  enveloppes: EnveloppeDeclaree[];
  manifestes: Manifest[];
  /** Les récépissés déjà délivrés quand la personne a cliqué. */
  avant: string[];
  cliqueLe: number;
}

interface Copie {
  recepisse: string;
  manifestes: Manifest[];
}

const NOM = "beffroi-depots";

function attendre<T>(requete: IDBRequest<T>): Promise<T> {
  return new Promise((resoudre, rejeter) => {
    requete.onsuccess = () => resoudre(requete.result);
    requete.onerror = () => rejeter(requete.error);
  });
}

async function ouvrir(): Promise<IDBDatabase> {
  const requete = indexedDB.open(NOM, 1);
  requete.onupgradeneeded = () => {
    requete.result.createObjectStore("demandes", { keyPath: "reponse" });
    requete.result.createObjectStore("copies", { keyPath: "recepisse" });
  };
  return attendre(requete);
}

async function ecrire(magasin: string, agir: (magasin: IDBObjectStore) => void): Promise<void> {
  const base = await ouvrir();
  // « strict » : la clé est sur le disque avant que la demande parte, même si l'ordinateur s'éteint.
  const transaction = base.transaction(magasin, "readwrite", { durability: "strict" });
  agir(transaction.objectStore(magasin));
  await new Promise<void>((resoudre, rejeter) => {
    transaction.oncomplete = () => resoudre();
    transaction.onabort = () => rejeter(transaction.error);
  });
  base.close();
}

async function lire<T>(magasin: string, cle: string): Promise<T | undefined> {
  const base = await ouvrir();
  const valeur = await attendre(base.transaction(magasin).objectStore(magasin).get(cle) as IDBRequest<T | undefined>);
  base.close();
  return valeur;
}

export const garderLaDemande = (demande: Demande) => ecrire("demandes", (m) => m.put(demande));
export const demandeGardee = (reponse: string) => lire<Demande>("demandes", reponse);
export const oublierLaDemande = (reponse: string) => ecrire("demandes", (m) => m.delete(reponse));
export const garderLesManifestes = (recepisse: string, manifestes: Manifest[]) => ecrire("copies", (m) => m.put({ recepisse, manifestes } satisfies Copie));
export const manifestesGardes = async (recepisse: string) => (await lire<Copie>("copies", recepisse))?.manifestes ?? null;
