/** Ce que les tests partagent : contenus reproductibles, et un carnet neuf. */
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";

import { CarnetIndexedDB } from "../depot/carnet";
import type { FichierReserve, Reserve } from "../depot/reserve";
import type { Bytes } from "../sceau/encoding";

(globalThis as { IDBKeyRange?: unknown }).IDBKeyRange ??= IDBKeyRange;

export const MIO = 1024 * 1024;

/** Suite d'octets qui ne dépend que de sa graine (xorshift32). */
export function octets(longueur: number, graine = 1): Bytes {
  const suite = new Uint8Array(longueur);
  let etat = (graine * 2654435761) >>> 0 || 1;
  for (let i = 0; i < longueur; i++) {
    etat ^= etat << 13;
    etat ^= etat >>> 17;
    etat ^= etat << 5;
    suite[i] = etat & 0xff;
  }
  return suite;
}

export function carnetNeuf(fabrique = new IDBFactory()): Promise<CarnetIndexedDB> {
  return CarnetIndexedDB.ouvrir(fabrique);
}

export class ReserveEnMemoire implements Reserve {
  readonly fichiers = new Map<string, Bytes>();
  ecritures = 0;

  constructor(readonly place = Infinity, private readonly ecrituresPermises = Infinity) {}

  async aLaPlace(octetsVoulus: number): Promise<boolean> {
    return octetsVoulus <= this.place;
  }

  async ouvrir(cle: string): Promise<FichierReserve> {
    if (!this.fichiers.has(cle)) this.fichiers.set(cle, new Uint8Array(0));
    return {
      lire: async (decalage, longueur) => (this.fichiers.get(cle) as Bytes).slice(decalage, decalage + longueur),
      ecrire: async (decalage, donnees) => this.ecrire(cle, decalage, donnees),
      fermer: async () => undefined,
    };
  }

  private ecrire(cle: string, decalage: number, donnees: Bytes): void {
    if (++this.ecritures > this.ecrituresPermises) throw new DOMException("plein", "QuotaExceededError");
    const ancien = this.fichiers.get(cle) as Bytes;
    const nouveau = new Uint8Array(Math.max(ancien.length, decalage + donnees.length));
    nouveau.set(ancien);
    nouveau.set(donnees, decalage);
    this.fichiers.set(cle, nouveau);
  }

  async effacer(cle: string): Promise<void> {
    this.fichiers.delete(cle);
  }
}
