/** Page /consultations/<référence>/cles/ : les deux clés de la consultation se font ici, et seules leurs parts partent. */
import { type PaireCreee, type Politique, type Porteur, creerCles } from "../cles/ceremonie";
import { dire, donnees, envoyer, pendant, requis } from "../cles/page";
import { base64 } from "../sceau/encoding";

interface Ceremonie {
  politique: Politique;
  membres: Porteur[];
  gardiens: Porteur[];
}

const ETAPES = { creation: "création", partage: "partage entre les personnes", controle: "contrôle" };
const NOMS: Record<string, string> = { candidature: "Clé des candidatures", offre: "Clé des offres" };

function enJson({ destinataire, partsDesMembres, partsDesGardiens }: PaireCreee): Record<string, unknown> {
  const parts = (liste: PaireCreee["partsDesMembres"]) => liste.map(({ reference, contenu }) => ({ reference, contenu: base64(contenu) }));
  return { destinataire, membres: parts(partsDesMembres), gardiens: parts(partsDesGardiens) };
}

const formulaire = requis<HTMLFormElement>("[data-paires]");
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    const paires = await creerCles({
      ...donnees<Ceremonie>(),
      enveloppes: ["candidature", "offre"],
      surEtape: (enveloppe, etape) => dire(`${NOMS[enveloppe]} : ${ETAPES[etape]}…`),
    });
    dire("Envoi des parts scellées…");
    const corps = Object.fromEntries(paires.map((paire) => [paire.enveloppe, enJson(paire)]));
    const { suite } = await envoyer<{ suite: string }>(corps);
    location.assign(suite);
  }, "Les clés n'ont pas pu être créées. Mettez à jour votre navigateur, ou prenez-en un autre.");
});
