/** Réserve : les octets scellés gardés sur le disque de la personne (OPFS), pour reprendre sans resceller. */
import type { Bytes } from "../sceau/encoding";

export interface FichierReserve {
  lire(decalage: number, longueur: number): Promise<Bytes>;
  /** Sans garantie après une coupure de courant : chaque lecture est comparée à la feuille du carnet. */
  ecrire(decalage: number, octets: Bytes): Promise<void>;
  fermer(): Promise<void>;
}

export interface Reserve {
  /** Faux quand la place manque : on scelle alors à mesure de l'envoi. */
  aLaPlace(octets: number): Promise<boolean>;
  ouvrir(cle: string): Promise<FichierReserve>;
  effacer(cle: string): Promise<void>;
}

interface AccesSynchrone {
  read(tampon: Bytes, options: { at: number }): number;
  write(octets: Bytes, options: { at: number }): number;
  close(): void;
}

interface PoigneeDeFichier extends FileSystemFileHandle {
  createSyncAccessHandle?(): Promise<AccesSynchrone>;
}

const DOSSIER = "beffroi-scelles";
/** Marge laissée au reste de l'ordinateur. */
const MARGE_OCTETS = 256 * 1024 * 1024;

function nomDeFichier(cle: string): string {
  return `${encodeURIComponent(cle).replace(/%/g, "_").slice(0, 200)}.age`;
}

class FichierOpfs implements FichierReserve {
  constructor(private readonly acces: AccesSynchrone) {}

  async lire(decalage: number, longueur: number): Promise<Bytes> {
    const octets = new Uint8Array(longueur);
    const lus = this.acces.read(octets, { at: decalage });
    return octets.subarray(0, lus);
  }

  async ecrire(decalage: number, octets: Bytes): Promise<void> {
    if (this.acces.write(octets, { at: decalage }) !== octets.length) throw new DOMException("écriture incomplète", "QuotaExceededError");
  }

  async fermer(): Promise<void> {
    this.acces.close();
  }
}

class ReserveOpfs implements Reserve {
  constructor(private readonly dossier: FileSystemDirectoryHandle) {}

  async aLaPlace(octets: number): Promise<boolean> {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return quota - usage > octets + MARGE_OCTETS;
  }

  async ouvrir(cle: string): Promise<FichierReserve> {
    const poignee = (await this.dossier.getFileHandle(nomDeFichier(cle), { create: true })) as PoigneeDeFichier;
    if (!poignee.createSyncAccessHandle) throw new Error("accès synchrone absent");
    return new FichierOpfs(await poignee.createSyncAccessHandle());
  }

  async effacer(cle: string): Promise<void> {
    try {
      await this.dossier.removeEntry(nomDeFichier(cle));
    } catch (erreur) {
      if (!(erreur instanceof DOMException && erreur.name === "NotFoundError")) throw erreur;
    }
  }
}

/** Rend `null` où le navigateur n'a pas d'OPFS à accès synchrone (navigation privée, WebKitGTK). */
export async function reserveDuNavigateur(): Promise<Reserve | null> {
  try {
    const racine = await navigator.storage.getDirectory();
    const reserve = new ReserveOpfs(await racine.getDirectoryHandle(DOSSIER, { create: true }));
    const essai = await reserve.ouvrir("essai");
    await essai.fermer();
    await reserve.effacer("essai");
    return reserve;
  } catch {
    return null;
  }
}
