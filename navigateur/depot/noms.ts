/**
 * Noms de fichiers : ce qui surprendrait à l'ouverture, ce qu'un nom trahit, et le nom neutre proposé à la place.
 * Jumeau de `src/formats/noms_de_fichiers.py` ; les cas communs sont dans ses essais.
 */

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

const CHIFFRES = "\\d[\\d \\t\\u00a0\\u202f.,_'’]*";
const TAXE = "(?:ht|ttc)(?![a-z0-9])";
const MONTANT = `${CHIFFRES}[ _-]*(?:k?€|k?eur(?:os?)?(?![a-z0-9]))(?:[ _-]*${TAXE})?|\\d[\\d \\t\\u00a0\\u202f.,_'’]{2,}[ _-]*${TAXE}|€[ _-]*${CHIFFRES}`;

/** Un nom neutre à la place de celui qui dit un montant : un nom n'est pas scellé. `null` s'il n'en dit pas. */
export function nomSansMontant(nom: string): string | null {
  const extension = /\.[^.]{1,10}$/u.exec(nom)?.[0] ?? "";
  const racine = nom.slice(0, nom.length - extension.length);
  if (!new RegExp(MONTANT, "i").test(racine)) return null;
  const reste = racine.replace(new RegExp(MONTANT, "gi"), " ").replace(/[ _-]{2,}/g, " ").replace(/^[ _-]+|[ _-]+$/g, "");
  return nomPropose(`${reste === "" ? "document" : reste}${extension}`);
}

/** La référence d'une autre consultation, lue dans le nom : « 2026-0003 », mais pas les exercices « 2023-2024 ». */
export function autreConsultation(nom: string, consultation: string): string | null {
  const citees = [...nom.matchAll(/(?:^|[^0-9])(20[0-9]{2}-(?!19|20)[0-9]{4})(?![0-9])/g)].map((trouve) => trouve[1] as string);
  return citees.includes(consultation) ? null : (citees[0] ?? null);
}
