/** Ce qui passe sur le canal entre les deux navigateurs : un pointeur, un texte, un micro ouvert ou coupé. Borné, vérifié, jamais gardé. */

export const TEXTE_AU_PLUS = 500;
const OCTETS_AU_PLUS = 4096;

export type Message = { genre: "pointeur"; x: number; y: number } | { genre: "sans_pointeur" } | { genre: "texte"; texte: string } | { genre: "vue"; notre: boolean } | { genre: "micro"; ouvert: boolean };

function part(valeur: unknown): number | null {
  return typeof valeur === "number" && valeur >= 0 && valeur <= 1 ? valeur : null;
}

function texteSur(valeur: unknown): string {
  return typeof valeur === "string" ? valeur.trim().slice(0, TEXTE_AU_PLUS) : "";
}

/** Rien de ce qui arrive n'est cru : un message inconnu, trop long ou mal formé n'en est pas un. */
export function lire(recu: unknown): Message | null {
  if (typeof recu !== "string" || recu.length > OCTETS_AU_PLUS) return null;
  let lu: Record<string, unknown> | null;
  try {
    lu = JSON.parse(recu) as Record<string, unknown> | null;
  } catch {
    return null;
  }
  if (typeof lu !== "object" || lu === null) return null;
  if (lu.genre === "sans_pointeur") return { genre: "sans_pointeur" };
  if (lu.genre === "vue") return { genre: "vue", notre: lu.notre === true };
  if (lu.genre === "micro") return { genre: "micro", ouvert: lu.ouvert === true };
  if (lu.genre === "texte") return texteSur(lu.texte) ? { genre: "texte", texte: texteSur(lu.texte) } : null;
  const [x, y] = [part(lu.x), part(lu.y)];
  return lu.genre === "pointeur" && x !== null && y !== null ? { genre: "pointeur", x, y } : null;
}

export function ecrire(message: Message): string {
  return JSON.stringify(message.genre === "texte" ? { genre: "texte", texte: texteSur(message.texte) } : message);
}

/** Où l'image est vraiment, dans un cadre qui la centre : les bandes noires autour n'en sont pas. */
export function dansLImage(point: { x: number; y: number }, cadre: { largeur: number; hauteur: number }, image: { largeur: number; hauteur: number }): { x: number; y: number } | null {
  if (!image.largeur || !image.hauteur || !cadre.largeur || !cadre.hauteur) return null;
  const echelle = Math.min(cadre.largeur / image.largeur, cadre.hauteur / image.hauteur);
  const x = (point.x - (cadre.largeur - image.largeur * echelle) / 2) / (image.largeur * echelle);
  const y = (point.y - (cadre.hauteur - image.hauteur * echelle) / 2) / (image.hauteur * echelle);
  return part(x) === null || part(y) === null ? null : { x, y };
}
