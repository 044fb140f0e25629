/** Retrouver deux fichiers de même contenu parmi dix mille, sans les comparer deux à deux. */
import { concat } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";

const BOUT = 64 * 1024;
const PAS_DE_COMPARAISON = 1024 * 1024;
/** Des lectures ensemble, assez pour ne pas attendre le disque, trop peu pour épuiser le navigateur. */
const LECTURES_ENSEMBLE = 8;

export interface Comparable {
  cle: string;
  nom: string;
  fichier: Blob;
}

/** Applique `travail` à chacun, quelques-uns à la fois, et rend les résultats dans l'ordre. */
export async function quelquesUnsALaFois<E, S>(elements: E[], travail: (element: E) => Promise<S>, surChacun: () => void = () => undefined): Promise<S[]> {
  const resultats = new Array<S>(elements.length);
  let prochain = 0;
  const mener = async () => {
    while (prochain < elements.length) {
      const rang = prochain++;
      resultats[rang] = await travail(elements[rang] as E);
      surChacun();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LECTURES_ENSEMBLE, elements.length) }, mener));
  return resultats;
}

/** Seuls les fichiers de même taille se comparent : d'abord leurs deux bouts, puis tout si les bouts sont les mêmes. */
export async function doublons<P extends Comparable>(pieces: P[]): Promise<{ piece: P; original: P }[]> {
  const aComparer = parGroupes(pieces.filter(({ fichier }) => fichier.size > 0), ({ fichier }) => String(fichier.size));
  const parBouts = await quelquesUnsALaFois(aComparer.flat(), async (piece) => ({ piece, bouts: await bouts(piece.fichier) }));
  const suspects = parGroupes(parBouts.filter(({ bouts: lus }) => lus !== null), ({ piece, bouts: lus }) => `${piece.fichier.size}/${lus}`);
  return (await Promise.all(suspects.map((groupe) => vraisDoublons(groupe.map(({ piece }) => piece))))).flat();
}

/** Les groupes d'au moins deux. */
function parGroupes<E>(elements: E[], cleDe: (element: E) => string): E[][] {
  const groupes = new Map<string, E[]>();
  for (const element of elements) {
    const cle = cleDe(element);
    const groupe = groupes.get(cle);
    if (groupe) groupe.push(element);
    else groupes.set(cle, [element]);
  }
  return [...groupes.values()].filter(({ length }) => length > 1);
}

/** L'empreinte du début et de la fin ; rien d'un fichier devenu illisible. */
async function bouts(fichier: Blob): Promise<string | null> {
  try {
    const morceaux = fichier.size <= 2 * BOUT ? [fichier] : [fichier.slice(0, BOUT), fichier.slice(fichier.size - BOUT)];
    return await sha256Hex(concat(...(await Promise.all(morceaux.map(async (morceau) => new Uint8Array(await morceau.arrayBuffer()))))));
  } catch {
    return null;
  }
}

/** Chacun face au premier qui lui ressemble. Mêmes bouts et autre milieu, c'est rare : la liste des originaux reste courte. */
async function vraisDoublons<P extends Comparable>(groupe: P[]): Promise<{ piece: P; original: P }[]> {
  const originaux: P[] = [];
  const trouves: { piece: P; original: P }[] = [];
  for (const piece of groupe) {
    const original = await premierQui(originaux, (vu) => memeContenu(vu.fichier, piece.fichier));
    if (original) trouves.push({ piece, original });
    else originaux.push(piece);
  }
  return trouves;
}

async function premierQui<P>(elements: P[], convient: (element: P) => Promise<boolean>): Promise<P | null> {
  for (const element of elements) if (await convient(element)) return element;
  return null;
}

async function memeContenu(a: Blob, b: Blob): Promise<boolean> {
  if (a.size <= 2 * BOUT) return true;
  try {
    for (let debut = BOUT; debut < a.size - BOUT; debut += PAS_DE_COMPARAISON) {
      const [gauche, droite] = await Promise.all([a, b].map(async (fichier) => new Uint8Array(await fichier.slice(debut, debut + PAS_DE_COMPARAISON).arrayBuffer())));
      if (!gauche || !droite || gauche.some((octet, i) => octet !== droite[i])) return false;
    }
    return true;
  } catch {
    return false;
  }
}
