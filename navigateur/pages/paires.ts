/**
 * Page /consultations/<référence>/cles/ : les deux clés de la consultation se font et se signent ici, et seules leurs parts partent.
 * La page d'un tour de négociation fait de même pour la seule clé de ses offres, et envoie ce qu'on y a saisi.
 */
import { type PaireCreee, type Politique, type Porteur, type PorteurNomme, creerCles } from "../cles/ceremonie";
import { type FenteVue, ouvrirParLaFaconChoisie, proposerLesFacons } from "../cles/facon";
import { dire, donnees, envoyer, pendant, requis } from "../cles/page";
import { base64 } from "../sceau/encoding";

interface Ceremonie {
  consultation: string;
  date_limite: string | null;
  signataire: { empreinte: string; fentes: FenteVue[] };
  politique: Politique;
  /** Absentes : les deux de la consultation. */
  enveloppes?: string[];
  membres: Porteur[];
  gardiens: PorteurNomme[];
}

const ETAPES = { creation: "création", partage: "partage entre les personnes", controle: "contrôle" };
const NOMS: Record<string, string> = { candidature: "Clé des candidatures", offre: "Clé des offres" };

function enJson({ destinataire, partsDesMembres, partsDesGardiens, signature }: PaireCreee): Record<string, unknown> {
  const parts = (liste: PaireCreee["partsDesMembres"]) => liste.map(({ reference, contenu }) => ({ reference, contenu: base64(contenu) }));
  return { destinataire, signature, membres: parts(partsDesMembres), gardiens: parts(partsDesGardiens) };
}

/** Ce que la personne a rempli dans la page, et rien de ce qui ouvre sa clé. */
function saisie(formulaire: HTMLFormElement): Record<string, string[]> {
  const recue: Record<string, string[]> = {};
  for (const champ of formulaire.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-saisie] :is(input, textarea)[name]")) {
    if (champ instanceof HTMLInputElement && champ.type === "checkbox" && !champ.checked) continue;
    (recue[champ.name] ??= []).push(champ.value);
  }
  return recue;
}

const ceremonie = donnees<Ceremonie>();
const formulaire = requis<HTMLFormElement>("[data-paires]");
proposerLesFacons(formulaire, ceremonie.signataire.fentes);
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    const { cle } = await ouvrirParLaFaconChoisie(ceremonie.signataire.fentes, ceremonie.signataire.empreinte);
    const paires = await creerCles({
      ...ceremonie,
      dateLimite: ceremonie.date_limite,
      signataire: cle,
      enveloppes: ceremonie.enveloppes ?? ["candidature", "offre"],
      surEtape: (enveloppe, etape) => dire(`${NOMS[enveloppe]} : ${ETAPES[etape]}…`),
    });
    dire("Envoi des parts scellées…");
    const corps = Object.fromEntries(paires.map((paire) => [paire.enveloppe, enJson(paire)]));
    const { suite } = await envoyer<{ suite: string }>(ceremonie.enveloppes ? { ...corps, saisie: saisie(formulaire) } : corps);
    location.assign(suite);
  }, "Votre clé ne s'est pas ouverte, ou les clés n'ont pas pu être créées. Vérifiez votre phrase ou votre code, puis recommencez.");
});
