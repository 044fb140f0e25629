/** Fabriquer et retrouver des éléments, sans jamais lire de HTML dans une chaîne. */
import { typo } from "./mots";

type Enfant = Node | string | null | undefined;

export function un<T extends Element = HTMLElement>(selecteur: string, dans: ParentNode = document): T | null {
  return dans.querySelector<T>(selecteur);
}

export function tous<T extends Element = HTMLElement>(selecteur: string, dans: ParentNode = document): T[] {
  return [...dans.querySelectorAll<T>(selecteur)];
}

export function element<N extends keyof HTMLElementTagNameMap>(nom: N, attributs: Record<string, string> = {}, ...enfants: Enfant[]): HTMLElementTagNameMap[N] {
  const cree = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) cree.setAttribute(cle, valeur);
  cree.append(...enfants.filter((enfant): enfant is Node | string => enfant != null).map((enfant) => (typeof enfant === "string" ? typo(enfant) : enfant)));
  return cree;
}

/** Un nom de fichier reste tel quel : ni typographie, ni sens d'écriture qui déborde. */
export function nomDeFichier(nom: string): HTMLElement {
  const bdi = document.createElement("bdi");
  bdi.textContent = nom;
  return bdi;
}

const SVG = "http://www.w3.org/2000/svg";

export function icone(nom: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${nom}`);
  svg.append(use);
  return svg;
}

export type Ton = "ok" | "cours" | "attention" | "danger" | "gris";
const SIGNES: Record<Ton, string> = { ok: "ok", cours: "demi", attention: "alerte", danger: "stop", gris: "rond" };

export function etat(ton: Ton, mot: string, signe: string = SIGNES[ton]): HTMLElement {
  return element("span", { class: `etat etat-${ton}` }, icone(signe), mot);
}

export type TonDeBanniere = "info" | "ok" | "attention" | "danger";
const SIGNES_DE_BANNIERE: Record<TonDeBanniere, string> = { info: "info", ok: "ok", attention: "alerte", danger: "stop" };

/** Ce qui avertit d'une erreur se dit aussitôt (RGAA 7.5) ; le reste attend que l'on ait fini de lire. */
export function banniere(ton: TonDeBanniere, titre: string, ...contenu: Enfant[]): HTMLElement {
  const role: Record<string, string> = ton === "danger" || ton === "attention" ? { role: "alert" } : {};
  return element("div", { class: `banniere banniere-${ton}`, ...role }, icone(SIGNES_DE_BANNIERE[ton]), element("p", { class: "titre" }, titre), ...contenu);
}

export function bouton(mot: string, precision: string, action: () => void, classe = "bouton-lien"): HTMLButtonElement {
  const cree = element("button", { type: "button", class: classe }, mot, precision ? element("span", { class: "vh" }, ` : ${precision}`) : null);
  cree.addEventListener("click", action);
  return cree;
}

/** Remplace le contenu seulement s'il change : le lecteur d'écran ne répète pas, le clavier ne perd pas sa place. */
export function montrer(cible: Element | null, contenu: Node[]): void {
  if (!cible) return;
  const essai = document.createElement("div");
  essai.append(...contenu);
  if (essai.innerHTML === cible.innerHTML) return;
  const focalise = document.activeElement;
  const rang = focalise && cible.contains(focalise) ? tous("button", cible).indexOf(focalise as HTMLElement) : -1;
  cible.replaceChildren(...essai.childNodes);
  if (rang >= 0) (tous<HTMLElement>("button", cible)[rang] ?? un<HTMLElement>("button", cible))?.focus();
}

export function ecrire(cible: Element | null, texte: string): void {
  const fini = typo(texte);
  if (cible && cible.textContent !== fini) cible.textContent = fini;
}

/** Le même endroit dit le résultat d'une action, ou son échec, qui n'attend pas. */
export function direIci(cible: Element | null, texte: string, role: "status" | "alert" = "status"): void {
  cible?.setAttribute("role", role);
  ecrire(cible, texte);
}

/** Une ligne qui dit un refus ou un échec, là où se disait l'avancement. */
export function refus(titre: string, suite: string): HTMLElement {
  return element("p", { role: "alert" }, etat("danger", titre), ` ${suite}`);
}
