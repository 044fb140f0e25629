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

interface Ecriture {
  agir(transaction: IDBTransaction): void;
  resoudre(): void;
  rejeter(erreur: unknown): void;
}

export class CarnetIndexedDB implements Carnet {
  private aEcrire: Ecriture[] = [];
  private enEcriture = false;

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

  /** Rend quand le disque a l'écriture. Celles qui se pressent pendant qu'une autre le gagne le gagnent ensemble. */
  private ecriture(agir: Ecriture["agir"]): Promise<void> {
    return new Promise((resoudre, rejeter) => {
      this.aEcrire.push({ agir, resoudre, rejeter });
      void this.vider();
    });
  }

  private async vider(): Promise<void> {
    if (this.enEcriture) return;
    this.enEcriture = true;
    while (this.aEcrire.length > 0) {
      const ensemble = this.aEcrire.splice(0);
      try {
        // « strict » : sur le disque, pas seulement chez le système.
        const transaction = this.base.transaction(["fiches", "feuilles"], "readwrite", { durability: "strict" });
        const fin = terminee(transaction);
        for (const { agir } of ensemble) agir(transaction);
        await fin;
        for (const { resoudre } of ensemble) resoudre();
      } catch (erreur) {
        for (const { rejeter } of ensemble) rejeter(erreur);
      }
    }
    this.enEcriture = false;
  }

  ecrire(fiche: Fiche): Promise<void> {
    // La fiche peut changer pendant qu'elle attend : on écrit celle qu'on a donnée.
    const copie = { ...fiche };
    return this.ecriture((transaction) => void transaction.objectStore("fiches").put(copie));
  }

  feuilles(cle: string): Promise<Feuille[]> {
    return attendre(this.base.transaction("feuilles").objectStore("feuilles").getAll(feuillesDe(cle)) as IDBRequest<Feuille[]>);
  }

  async consigner(feuille: Feuille): Promise<Feuille> {
    let gardee = feuille;
    await this.ecriture((transaction) => {
      const magasin = transaction.objectStore("feuilles");
      const lecture = magasin.get([feuille.cle, feuille.numero]) as IDBRequest<Feuille | undefined>;
      lecture.onsuccess = () => {
        if (lecture.result) gardee = lecture.result;
        else magasin.add(feuille);
      };
    });
    return gardee;
  }

  effacer(cle: string): Promise<void> {
    return this.ecriture((transaction) => {
      transaction.objectStore("fiches").delete(cle);
      transaction.objectStore("feuilles").delete(feuillesDe(cle));
    });
  }

  fermer(): void {
    this.base.close();
  }
}
