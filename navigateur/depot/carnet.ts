/**
 * Carnet de scellement, dans IndexedDB : ce qui est écrit AVANT tout envoi pour qu'une reprise ne scelle
 * jamais deux contenus différents avec la même clé et le même compteur.
 */
import type { StoredKey } from "../sceau/cipher";
import type { Bytes } from "../sceau/encoding";
import type { ResultatScellement } from "./protocole";

export interface Fiche {
  cle: string;
  destinataire: string;
  tailleClaire: number;
  prefixe: Bytes;
  /** Clé non extractible quand le navigateur a l'algorithme ; effacée dès que la pièce est reçue. */
  secret: StoredKey | null;
  distant: string | null;
  reserve: boolean;
  resultat: ResultatScellement | null;
  creeLe: number;
}

export interface Feuille {
  cle: string;
  numero: number;
  clair: string;
  scelle: string;
}

export interface Carnet {
  lire(cle: string): Promise<Fiche | undefined>;
  ecrire(fiche: Fiche): Promise<void>;
  feuilles(cle: string): Promise<Feuille[]>;
  /** Rend la feuille gardée : celle donnée, ou une plus ancienne qui fait foi. */
  consigner(feuille: Feuille): Promise<Feuille>;
  effacer(cle: string): Promise<void>;
  toutes(): Promise<Fiche[]>;
}

const NOM_DE_BASE = "beffroi-scellement";
const VERSION_DE_BASE = 1;

function attendre<T>(requete: IDBRequest<T>): Promise<T> {
  return new Promise((resoudre, rejeter) => {
    requete.onsuccess = () => resoudre(requete.result);
    requete.onerror = () => rejeter(requete.error);
  });
}

function terminee(transaction: IDBTransaction): Promise<void> {
  return new Promise((resoudre, rejeter) => {
    transaction.oncomplete = () => resoudre();
    transaction.onabort = () => rejeter(transaction.error);
    transaction.onerror = () => rejeter(transaction.error);
  });
}

function ouvrirBase(fabrique: IDBFactory): Promise<IDBDatabase> {
  const requete = fabrique.open(NOM_DE_BASE, VERSION_DE_BASE);
  requete.onupgradeneeded = () => {
    requete.result.createObjectStore("fiches", { keyPath: "cle" });
    requete.result.createObjectStore("feuilles", { keyPath: ["cle", "numero"] });
  };
  return attendre(requete);
}

function feuillesDe(cle: string): IDBKeyRange {
  return IDBKeyRange.bound([cle, 0], [cle, Infinity]);
}

export class CarnetIndexedDB implements Carnet {
  private constructor(private readonly base: IDBDatabase) {}

  static async ouvrir(fabrique: IDBFactory = indexedDB): Promise<CarnetIndexedDB> {
    const base = await ouvrirBase(fabrique);
    base.onversionchange = () => base.close();
    return new CarnetIndexedDB(base);
  }

  lire(cle: string): Promise<Fiche | undefined> {
    return attendre(this.base.transaction("fiches").objectStore("fiches").get(cle) as IDBRequest<Fiche | undefined>);
  }

  toutes(): Promise<Fiche[]> {
    return attendre(this.base.transaction("fiches").objectStore("fiches").getAll() as IDBRequest<Fiche[]>);
  }

  /** « strict » : rendu quand le disque a l'écriture, pas seulement le système. */
  private ecriture(magasins: string[]): IDBTransaction {
    return this.base.transaction(magasins, "readwrite", { durability: "strict" });
  }

  async ecrire(fiche: Fiche): Promise<void> {
    const transaction = this.ecriture(["fiches"]);
    transaction.objectStore("fiches").put(fiche);
    await terminee(transaction);
  }

  feuilles(cle: string): Promise<Feuille[]> {
    return attendre(this.base.transaction("feuilles").objectStore("feuilles").getAll(feuillesDe(cle)) as IDBRequest<Feuille[]>);
  }

  async consigner(feuille: Feuille): Promise<Feuille> {
    const transaction = this.ecriture(["feuilles"]);
    const fin = terminee(transaction);
    const magasin = transaction.objectStore("feuilles");
    const ancienne = await attendre(magasin.get([feuille.cle, feuille.numero]) as IDBRequest<Feuille | undefined>);
    if (!ancienne) magasin.add(feuille);
    await fin;
    return ancienne ?? feuille;
  }

  async effacer(cle: string): Promise<void> {
    const transaction = this.ecriture(["fiches", "feuilles"]);
    transaction.objectStore("fiches").delete(cle);
    transaction.objectStore("feuilles").delete(feuillesDe(cle));
    await terminee(transaction);
  }

  fermer(): void {
    this.base.close();
  }
}
