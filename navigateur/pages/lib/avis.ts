/** Les avis du moment : un par sujet, posés là où l'œil les cherche, et qui restent jusqu'à ce que l'état change. */
import { type TonDeBanniere, banniere, element, un } from "./dom";
import { rapporterLesNouveaux } from "./messages";

const poses = new Map<string, { empreinte: string; noeud: HTMLElement }>();

function cadre(): HTMLElement | null {
  const trouve = un("[data-avis]");
  if (trouve && !trouve.hasAttribute("role")) trouve.setAttribute("role", "status");
  return trouve;
}

export function poserUnAvis(cle: string, ton: TonDeBanniere, titre: string, texte: string, ...actions: HTMLElement[]): void {
  const lieu = cadre();
  if (!lieu) return;
  const empreinte = `${ton}|${titre}|${texte}`;
  const ancien = poses.get(cle);
  if (ancien?.empreinte === empreinte && lieu.contains(ancien.noeud)) return;
  const noeud = banniere(ton, titre, element("p", {}, texte), actions.length > 0 ? element("p", { class: "actions" }, ...actions) : null);
  if (ancien && lieu.contains(ancien.noeud)) ancien.noeud.replaceWith(noeud);
  else lieu.append(noeud);
  rapporterLesNouveaux(noeud, [{ texte: `${titre}. ${texte}`, cause: cle }]);
  poses.set(cle, { empreinte, noeud });
}

export function leverUnAvis(cle: string): void {
  poses.get(cle)?.noeud.remove();
  poses.delete(cle);
}

export function avisPose(cle: string): boolean {
  return poses.has(cle);
}

/** La page a changé sous les avis : ils sont reposés dans la nouvelle. */
export function reposerLesAvis(): void {
  const lieu = cadre();
  for (const { noeud } of poses.values()) lieu?.append(noeud);
}
