/** La page du récépissé : la copie complète, que seul le poste qui a déposé sait faire. */
import { completerRecu, enregistrer } from "../depot/recu";
import { direIci, un } from "./lib/dom";
import { manifestesGardes } from "./lib/memoire";
import { taille } from "./lib/mots";

async function preparer(): Promise<void> {
  const page = un("[data-recepisse]");
  const recepisse = page?.dataset["recepisse"] ?? "";
  const manifestes = await manifestesGardes(recepisse);
  const zone = un("[data-copie]");
  if (!page || !zone || !manifestes) return;
  zone.hidden = false;
  un("[data-enregistrer]", zone)?.addEventListener("click", async () => {
    const detail = un("[data-copie-detail]", zone);
    try {
      const reponse = await fetch(page.dataset["recu"] ?? "", { cache: "no-store" });
      if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
      const copie = completerRecu(new Uint8Array(await reponse.arrayBuffer()), manifestes);
      enregistrer(copie, `${recepisse}-copie-complete.zip`);
      direIci(detail, `Enregistrée : ${recepisse}-copie-complete.zip, ${taille(copie.length)}. Gardez-la avec vos fichiers.`);
    } catch {
      direIci(detail, "Le récépissé n'a pas pu être chargé. Reconnectez-vous, puis réessayez.", "alert");
    }
  });
}

void preparer();
