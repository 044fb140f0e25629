/** Un fichier déjà reçu ou en route ne vient pas deux fois : on le reconnaît à son nom, puis à son contenu. */
import type { Scellement } from "../../depot/protocole";
import type { Ligne, Suivi } from "./lignes";

export interface Tri {
  neufs: File[];
  dejaLa: string[];
}

/** `voulue` : la pièce désignée. Le même fichier peut répondre à une autre pièce, si la personne le demande. */
export async function trier(fichiers: File[], voulue: string, lignes: Ligne[], suivis: Map<string, Suivi>, scellement: Scellement): Promise<Tri> {
  const parNom = new Map(lignes.map((ligne) => [ligne.nom, ligne]));
  const tri: Tri = { neufs: [], dejaLa: [] };
  for (const fichier of fichiers) {
    const ligne = parNom.get(fichier.name);
    const memePlace = ligne && (!voulue || ligne.piece === voulue);
    if (memePlace && (await estDejaLa(ligne, fichier, suivis.get(ligne.cle)?.fichier ?? null, scellement))) tri.dejaLa.push(fichier.name);
    else tri.neufs.push(fichier);
  }
  return tri;
}

async function estDejaLa(ligne: Ligne, fichier: File, enRoute: Blob | null, scellement: Scellement): Promise<boolean> {
  if (ligne.tailleClaire !== fichier.size) return false;
  if (ligne.etat === "recu") return scellement.estDejaEnvoye(ligne.cle, fichier);
  const part = ligne.etat === "envoi" || ligne.etat === "attente";
  return part && enRoute instanceof File && enRoute.lastModified === fichier.lastModified;
}
