/** Page /consultations/<référence>/repetition/ : la clé d'essai se fait ici, et seules ses parts scellées partent. */
import type { Politique, Porteur } from "../cles/ceremonie";
import { dire, donnees, envoyer, pendant, requis } from "../cles/page";
import { preparerUnEssai } from "../ouverture/essai";
import { base64 } from "../sceau/encoding";

const formulaire = requis<HTMLFormElement>("[data-repetition]");
const phrase = requis<HTMLInputElement>("[data-phrase]", formulaire);
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    const { politique, membres } = donnees<{ politique: Politique; membres: Porteur[] }>();
    dire("Création de la clé d'essai, et scellement de votre phrase…");
    const essai = await preparerUnEssai(politique, membres, phrase.value.trim());
    const { suite } = await envoyer<{ suite: string }>({
      destinataire: essai.destinataire,
      membres: essai.parts.map(({ reference, contenu }) => ({ reference, contenu: base64(contenu) })),
      enveloppe: base64(essai.enveloppe),
      engagement: essai.engagement,
    });
    location.assign(suite);
  }, "La clé d'essai n'a pas pu être créée. Mettez à jour votre navigateur, ou prenez-en un autre.");
});
