/** Page « Mes notes » : chaque case s'enregistre quand on la quitte ; les flèches passent de l'une à l'autre. */
const formulaire = document.querySelector<HTMLFormElement>("form[data-notes]");
const etat = document.querySelector<HTMLElement>("[data-etat-des-notes]");
const refus = document.querySelector<HTMLElement>("[data-erreur-des-notes]");
const adresse = formulaire?.dataset.notes ?? "";
const inscrites = new Map<HTMLInputElement, string>();
const enVol = new Map<HTMLInputElement, Promise<void>>();

/** Un refus se dit aussitôt, dans sa propre zone (RGAA 7.5) : l'avancement n'interrompt pas. */
function dire(texte: string, erreur = ""): void {
  if (etat) etat.textContent = texte;
  if (refus) refus.textContent = erreur;
}

function cases(): HTMLInputElement[] {
  return formulaire ? [...formulaire.querySelectorAll<HTMLInputElement>("input[data-critere]")] : [];
}

async function envoyer(champ: HTMLInputElement): Promise<void> {
  const valeur = champ.value;
  champ.dataset.etat = "envoi";
  const corps = new URLSearchParams({ offre: champ.dataset.offre ?? "", critere: champ.dataset.critere ?? "", vue: champ.dataset.vue ?? "", valeur });
  const jeton = formulaire?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const reponse = await fetch(adresse, { method: "POST", body: corps, headers: { "X-CSRFToken": jeton, Accept: "application/json" } });
    const rendu = (await reponse.json()) as { vue?: string; erreur?: string };
    if (!reponse.ok) throw new Error(rendu.erreur ?? "refusé");
    champ.dataset.vue = rendu.vue ?? "";
    champ.dataset.etat = "faite";
    champ.removeAttribute("aria-invalid");
    inscrites.set(champ, valeur);
    dire("Enregistré.");
    noterLesVues();
  } catch (erreur) {
    champ.dataset.etat = "refus";
    champ.setAttribute("aria-invalid", "true");
    const raison = erreur instanceof TypeError || erreur instanceof SyntaxError ? "la liaison est coupée. Votre note reste dans la page" : (erreur as Error).message;
    dire("", `${champ.getAttribute("aria-label") ?? ""} : ${raison}`);
  }
}

/** Le formulaire, envoyé à la main ensuite, sait quelles notes la page a déjà inscrites. */
function noterLesVues(): void {
  const vues = formulaire?.querySelector<HTMLInputElement>("[name=vues]");
  if (vues) vues.value = cases().map((champ) => `${champ.name}=${champ.dataset.vue ?? ""}`).join(" ");
}

/** Une case à la fois, dans l'ordre : la note suivante dit qu'elle remplace la précédente. */
function enregistrer(champ: HTMLInputElement): void {
  const avant = enVol.get(champ) ?? Promise.resolve();
  const suite = avant.then(() => (champ.value === inscrites.get(champ) ? undefined : envoyer(champ)));
  enVol.set(champ, suite);
}

function aller(champ: HTMLInputElement, lignes: number, colonnes: number): boolean {
  const rangee = champ.closest("tr");
  const rangees = rangee ? [...(rangee.parentElement?.children ?? [])] : [];
  const voisins = rangee ? [...rangee.querySelectorAll<HTMLInputElement>("input[data-critere]")] : [];
  const colonne = voisins.indexOf(champ) + colonnes;
  const cible = rangees[rangees.indexOf(rangee as Element) + lignes]?.querySelectorAll<HTMLInputElement>("input[data-critere]")[colonne];
  if (!cible) return false;
  cible.focus();
  cible.select();
  return true;
}

const FLECHES: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

function auClavier(evenement: KeyboardEvent): void {
  const champ = evenement.currentTarget as HTMLInputElement;
  const auDebut = champ.selectionStart === 0;
  const aLaFin = champ.selectionEnd === champ.value.length;
  const pas: [number, number] | undefined =
    FLECHES[evenement.key] ?? (evenement.key === "ArrowLeft" && auDebut ? [0, -1] : evenement.key === "ArrowRight" && aLaFin ? [0, 1] : undefined);
  if (!pas || evenement.altKey || evenement.ctrlKey || evenement.metaKey) return;
  if (aller(champ, ...pas) || evenement.key === "Enter") evenement.preventDefault();
}

for (const champ of cases()) {
  if (champ.readOnly) continue;
  inscrites.set(champ, champ.defaultValue);
  champ.addEventListener("keydown", auClavier);
  champ.addEventListener("change", () => enregistrer(champ));
}

formulaire?.addEventListener("submit", () => {
  for (const champ of cases()) inscrites.set(champ, champ.value);
});

addEventListener("beforeunload", (evenement) => {
  if (cases().some((champ) => inscrites.has(champ) && champ.value !== inscrites.get(champ))) evenement.preventDefault();
});
