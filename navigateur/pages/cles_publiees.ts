/** Page /consultations/<référence>/cles-publiees/ : relire le registre, et dire s'il porte une clé que la page ne montre pas. */
import type { PublishedKey } from "../sceau/key_record";
import { findHiddenKeys, verifyHead, verifyShownKeys } from "../sceau/published_keys";
import { banniere, element, montrer, un } from "./lib/dom";
import { pluriel } from "./lib/mots";

interface Page {
  consultation: string;
  journal: string;
  horodatage: string;
  publiees: PublishedKey[];
}

const ALERTE = "N'envoyez rien. Prévenez l'acheteur par téléphone, puis l'assistance.";

async function lire(chemin: string): Promise<Uint8Array<ArrayBuffer>> {
  const reponse = await fetch(`/journal/${chemin}`);
  if (!reponse.ok) throw new Error(`${chemin} : ${reponse.status}`);
  return new Uint8Array(await reponse.arrayBuffer());
}

function avancement(statut: HTMLElement): (lues: number, total: number) => void {
  let dit = -1;
  return (lues, total) => {
    const centieme = Math.floor((100 * lues) / total);
    if (centieme > dit && centieme % 10 === 0) statut.textContent = `Relecture du registre : ${(dit = centieme)} %`;
  };
}

async function relire({ consultation, journal, horodatage, publiees }: Page, statut: HTMLElement): Promise<HTMLElement> {
  const montrees = await verifyShownKeys(consultation, publiees, { log: journal, roots: horodatage });
  const tete = await verifyHead(new TextDecoder().decode(await lire("checkpoint")), journal);
  const cachees = await findHiddenKeys(consultation, montrees, tete, lire, avancement(statut));
  if (cachees.length > 0) {
    const places = cachees.map((numero) => `n° ${numero}`).join(", ");
    return banniere("danger", "Le registre porte une autre clé pour cette consultation", element("p", {}, `Cette page ne la montre pas (écriture ${places}). ${ALERTE}`));
  }
  const neuves = montrees.filter(({ index }) => index >= tete.size).length;
  const suite = neuves > 0 ? ` ${pluriel(neuves, "clé est trop neuve", "clés sont trop neuves")} pour la tête publique : recommencez dans deux heures.` : "";
  return banniere(neuves > 0 ? "info" : "ok", "Le registre ne porte pas d'autre clé", element("p", {}, `Il a été relu depuis la plus ancienne de ces clés.${suite}`));
}

const page = JSON.parse(un("#donnees")?.textContent ?? "{}") as Page;
const [bouton, statut, resultat] = [un<HTMLButtonElement>("[data-relire]"), un("[data-statut]"), un("[data-resultat]")];
if (bouton && statut && page.publiees.length > 0) {
  un("[data-relecture]")?.removeAttribute("hidden");
  bouton.addEventListener("click", () => {
    bouton.disabled = true;
    void relire(page, statut)
      .catch((cause: unknown) => {
        console.error(cause);
        return banniere("danger", "Une de ces clés, ou le registre, n'est pas sûr", element("p", {}, ALERTE));
      })
      .then((dit) => montrer(resultat, [dit]))
      .finally(() => {
        statut.textContent = "";
        bouton.disabled = false;
      });
  });
}
