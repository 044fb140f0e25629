/** Noms de fichiers : ce qui surprendrait à l'ouverture, et le nom neutre proposé à la place. */

export const NOM_LONG = 120;

// Commandes, marques de sens d'écriture, espaces invisibles.
const INVISIBLES = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const RESERVES = /[\\/:*?"<>|]/u;
const NOM_DE_PERIPHERIQUE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;
const DOUBLE_EXTENSION = /\.(?:pdf|docx?|xlsx?|odt|ods|jpe?g|png)\.(?:exe|scr|com|bat|cmd|js|vbs|ps1|jar|msi)$/i;

/** Raisons pour lesquelles un nom paraît étrange, en français. */
export function bizarreriesDuNom(nom: string): string[] {
  const raisons: string[] = [];
  if ([...nom].length > NOM_LONG) raisons.push(`il a plus de ${NOM_LONG} caractères`);
  if (INVISIBLES.test(nom)) raisons.push("il contient des caractères invisibles");
  if (RESERVES.test(nom)) raisons.push("il contient un caractère refusé par certains ordinateurs");
  if (/^[=+\-@]/.test(nom)) raisons.push("il commence par un signe qu'un tableur prendrait pour une formule");
  if (/^[\s.]|[\s.]$/u.test(nom)) raisons.push("il commence ou finit par un point ou une espace");
  if (NOM_DE_PERIPHERIQUE.test(nom)) raisons.push("Windows réserve ce nom");
  if (DOUBLE_EXTENSION.test(nom)) raisons.push("il cache un programme derrière une autre extension");
  return raisons;
}

/** Nom proposé : mêmes mots, sans ce qui gêne ; l'extension est gardée. */
export function nomPropose(nom: string): string {
  const propre = nom
    .normalize("NFC")
    .replace(new RegExp(INVISIBLES, "gu"), "")
    .replace(new RegExp(RESERVES, "gu"), "_")
    .replace(/^[=+\-@\s.]+|[\s.]+$/gu, "");
  const caracteres = [...(propre === "" ? "document" : propre)];
  if (caracteres.length <= NOM_LONG) return NOM_DE_PERIPHERIQUE.test(propre) ? `_${propre}` : caracteres.join("");
  const extension = /\.[^.]{1,10}$/u.exec(propre)?.[0] ?? "";
  return caracteres.slice(0, NOM_LONG - [...extension].length).join("") + extension;
}
