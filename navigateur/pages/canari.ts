/** Page /cles/canari/<référence>/ : ouvrir sa clé, et prouver qu'elle ouvre ce qui lui est scellé. */
import { type FenteVue, ouvrirParLaFaconChoisie, proposerLesFacons } from "../cles/facon";
import { ouvrirCanari } from "../cles/identite";
import { donnees, envoyer, pendant, requis } from "../cles/page";
import { base64 } from "../sceau/encoding";

interface Essai {
  empreinte: string;
  fentes: FenteVue[];
  canaris: { reference: string; scelle: string }[];
}

const { empreinte, fentes, canaris } = donnees<Essai>();
const formulaire = requis<HTMLFormElement>('[data-etape="ouverture"]');
proposerLesFacons(formulaire, fentes);
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    const { cle, fente } = await ouvrirParLaFaconChoisie(fentes, empreinte);
    const ouverts = [];
    for (const { reference, scelle } of canaris) ouverts.push({ reference, clair: base64(await ouvrirCanari(cle, scelle)) });
    const { suite } = await envoyer<{ suite: string }>({ fente: fente.reference, ouverts });
    location.assign(suite);
  }, "Votre clé ne s'est pas ouverte. Vérifiez votre phrase ou votre code, puis recommencez.");
});
