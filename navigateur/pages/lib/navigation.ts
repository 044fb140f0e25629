/** Pendant un envoi, changer d'écran dans la même réponse ne recharge pas la page : l'envoi continue. */
import { poserUnAvis } from "./avis";
import { un } from "./dom";

const MORCEAUX = ["main", "[data-temps]", "nav.fil", "#donnees-de-la-reponse"];

export function suivreLesLiens(racine: string, faut: () => boolean, monter: () => void): void {
  document.addEventListener("click", (evenement) => {
    const lien = (evenement.target as Element | null)?.closest<HTMLAnchorElement>("a[href]");
    const neuf = evenement.metaKey || evenement.ctrlKey || evenement.shiftKey || evenement.button !== 0;
    if (!lien || neuf || !faut() || lien.origin !== location.origin || !estSuivi(lien.pathname, racine)) return;
    // Une ancre de la page reste au navigateur ; la page elle-même se relit.
    if (lien.pathname === location.pathname && lien.hash) return;
    evenement.preventDefault();
    void aller(lien.href, monter, lien.pathname !== location.pathname);
  });
  addEventListener("popstate", () => {
    if (faut()) void aller(location.href, monter, false);
    else location.reload();
  });
}

/** Les écrans qui ont le même script : les fichiers et la vérification. */
function estSuivi(chemin: string, racine: string): boolean {
  return chemin.startsWith(`${racine}pieces/`) || chemin === `${racine}verifier/`;
}

async function aller(adresse: string, monter: () => void, pousser: boolean): Promise<void> {
  try {
    const reponse = await fetch(adresse, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    if (!reponse.ok || !un("#donnees-de-la-reponse", page)) throw new Error(String(reponse.status));
    if (pousser) history.pushState(null, "", adresse);
    remplacer(page);
    monter();
  } catch {
    poserUnAvis("navigation", "attention", "Cette page ne s'est pas ouverte", "Votre envoi continue. Réessayez dans un instant, sans recharger.");
  }
}

function remplacer(page: Document): void {
  document.title = page.title;
  for (const morceau of MORCEAUX) {
    const neuf = un(morceau, page);
    const ancien = un(morceau);
    if (neuf && ancien) ancien.replaceWith(document.importNode(neuf, true));
  }
  scrollTo(0, 0);
  un("h1")?.setAttribute("tabindex", "-1");
  un("h1")?.focus({ preventScroll: true });
}
