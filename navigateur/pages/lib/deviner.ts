/** À quelle pièce attendue un fichier répond, d'après son nom. Une proposition visible, que la personne corrige. */
import type { PieceAttendue } from "./donnees";

const VIDES = new Set(["de", "du", "des", "la", "le", "les", "et", "un", "une", "pour", "par", "lot", "ou"]);
/** Les sigles que les entreprises écrivent dans leurs noms de fichiers. */
const SIGLES: Record<string, string> = { ae: "acte engagement", dpgf: "prix", bpu: "prix", dqe: "prix", dc1: "lettre candidature", dc2: "declaration capacites", mt: "memoire technique", rib: "bancaire" };

function mots(texte: string): string[] {
  const simples = texte.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase().split(/[^a-z0-9]+/);
  return simples.flatMap((mot) => (SIGLES[mot] ?? mot).split(" ")).filter((mot) => mot.length > 2 && !VIDES.has(mot));
}

/** Même début : « capacité » et « capacités », « candidat » et « candidature ». */
function proches(a: string, b: string): boolean {
  const longueur = Math.min(a.length, b.length, 6);
  return longueur >= 4 ? a.slice(0, longueur) === b.slice(0, longueur) : a === b;
}

function note(nom: string, intitule: string): number {
  const [duNom, attendus] = [mots(nom), mots(intitule)];
  return attendus.length === 0 ? 0 : attendus.filter((attendu) => duNom.some((mot) => proches(mot, attendu))).length / attendus.length;
}

export function devinerLaPiece(nom: string, libres: PieceAttendue[]): PieceAttendue | null {
  const notes = libres.map((attendue) => ({ attendue, valeur: note(nom.replace(/\.[^.]+$/, ""), attendue.intitule) })).sort((a, b) => b.valeur - a.valeur);
  const [premiere, seconde] = notes;
  if (!premiere || premiere.valeur < 0.5 || premiere.valeur === seconde?.valeur) return null;
  return premiere.attendue;
}
