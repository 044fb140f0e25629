/** Page du centre : ce que le navigateur reçoit par le serveur frontal. La plateforme le juge. */
import { ecrire, un } from "./lib/dom";

const TREIZE_MO = 13 * 1024 * 1024;
/** Un nom de la bonne forme, que le serveur frontal doit remplacer. */
const NOM_CHOISI = "0123456789abcdef0123456789abcdef";

type Vu = Record<string, string>;

async function relire(adresse: string): Promise<Vu> {
  const { headers } = await fetch(adresse, { headers: { "X-Request-ID": NOM_CHOISI } });
  return {
    hsts: headers.get("Strict-Transport-Security") ?? "",
    csp: headers.get("Content-Security-Policy") ?? "",
    nom_choisi: (headers.get("X-Request-ID") ?? "").includes(NOM_CHOISI) ? "oui" : "",
  };
}

/** Qui refuse un envoi ferme parfois la liaison avant d'avoir répondu : c'est un refus. */
async function deborder(adresse: string): Promise<Vu> {
  const corps = new Blob([new Uint8Array(TREIZE_MO)], { type: "application/octet-stream" });
  const statut = await fetch(adresse, { method: "POST", body: corps }).then(({ status }) => status, () => 0);
  return { debordement: String(statut) };
}

function dialogue(): Vu {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return { dialogue: page?.nextHopProtocol ?? "" };
}

async function mesurer(formulaire: HTMLFormElement): Promise<void> {
  const adresse = formulaire.dataset["mesurer"] ?? "";
  const vu = { ...dialogue(), ...(await relire(adresse)), ...(await deborder(adresse)) };
  for (const [nom, valeur] of Object.entries(vu)) {
    const champ = un<HTMLInputElement>(`[name=${nom}]`, formulaire);
    if (champ) champ.value = valeur;
  }
  formulaire.submit();
}

const formulaire = un<HTMLFormElement>("[data-mesurer]");
if (formulaire) {
  const bouton = un<HTMLButtonElement>("button", formulaire);
  const avancement = un("[data-avancement]", formulaire);
  formulaire.hidden = false;
  formulaire.addEventListener("submit", (depart) => {
    depart.preventDefault();
    if (bouton) bouton.disabled = true;
    ecrire(avancement, "Mesure en cours…");
    mesurer(formulaire).catch(() => {
      ecrire(avancement, "Le serveur n'a pas répondu : rien n'est mesuré. Vérifiez votre connexion, puis recommencez.");
      if (bouton) bouton.disabled = false;
    });
  });
}
