/** Page /cles/facons/<sorte>/ajouter/ : ouvrir sa clé, puis lui donner une façon de plus de s'ouvrir. */
import { type FenteVue, faireUnPasskey, faireUnePhrase, ouvrirParLaFaconChoisie, proposerLesFacons } from "../cles/facon";
import { proposerLaFeuille } from "../cles/feuille";
import { type FenteScellee, type IdentiteOuverte, type SorteDeFente, fermerParSecours, ouvrirCanari } from "../cles/identite";
import { Refus, dire, donnees, envoyer, fenteEnvoyee, montrer, pendant, requis } from "../cles/page";
import { base64 } from "../sceau/encoding";

interface Ajout {
  sorte: SorteDeFente;
  empreinte: string;
  fentes: FenteVue[];
  canari: string;
}

const { sorte, empreinte, fentes, canari } = donnees<Ajout>();
const titulaire = requis("[data-ajout]").dataset.titulaire ?? "";
const ouverture = requis<HTMLFormElement>('[data-etape="ouverture"]');
const facon = requis<HTMLFormElement>('[data-etape="facon"]');
let cle: IdentiteOuverte | null = null;

async function enregistrer(ouverte: IdentiteOuverte, fente: FenteScellee): Promise<void> {
  dire("Enregistrement…");
  // Le canari rendu prouve que la clé est bien ouverte ici : une session volée n'ajoute rien.
  const clair = base64(await ouvrirCanari(ouverte, canari));
  const { suite } = await envoyer<{ suite: string }>({ fente: fenteEnvoyee(fente), clair });
  location.assign(suite);
}

async function ajouter(ouverte: IdentiteOuverte): Promise<void> {
  if (sorte === "phrase") return enregistrer(ouverte, await faireUnePhrase(ouverte));
  if (sorte === "passkey") return enregistrer(ouverte, await faireUnPasskey(ouverte, titulaire));
  dire("Fabrication du code, quelques secondes…");
  const { fente, code } = await fermerParSecours(ouverte);
  proposerLaFeuille(code, ouverte.empreinte, () => enregistrer(ouverte, fente));
}

proposerLesFacons(ouverture, fentes);
ouverture.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(ouverture, async () => {
    ({ cle } = await ouvrirParLaFaconChoisie(fentes, empreinte));
    montrer("facon");
  }, "Votre clé ne s'est pas ouverte. Vérifiez votre phrase ou votre code, puis recommencez.");
});
facon.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(facon, async () => {
    if (!cle) throw new Refus("Votre clé s'est refermée. Rechargez la page.");
    await ajouter(cle);
  }, "Cette façon n'a pas pu être faite. Rien n'est changé. Recommencez.");
});
