/** Pages /cles/creer/ et /cles/secours/ : la clé d'une personne se fait ici, son code de secours se recopie ici. */
import { faireUnPasskey, faireUnePhrase, phraseChoisie } from "../cles/facon";
import { proposerLaFeuille } from "../cles/feuille";
import { type FenteAOuvrir, codeBienForme, creerIdentite, fermerParSecours, ouvrirIdentite } from "../cles/identite";
import { Refus, dire, donnees, envoyer, fenteEnvoyee, pendant, requis } from "../cles/page";
import { annoncerLaSignature } from "../cles/signature";
import { fromBase64 } from "../sceau/encoding";
import { identityFingerprint, publicIdentityOf } from "../sceau/signing";

type Facon = "phrase" | "passkey";

function faconChoisie(formulaire: HTMLFormElement): Facon {
  return requis<HTMLInputElement>("[name=facon]:checked", formulaire).value as Facon;
}

function adapter(formulaire: HTMLFormElement): void {
  const choisie = faconChoisie(formulaire);
  for (const bloc of formulaire.querySelectorAll<HTMLElement>("[data-facon]")) bloc.hidden = bloc.dataset.facon !== choisie;
}

async function fabriquer(page: HTMLElement, facon: Facon): Promise<void> {
  if (facon === "phrase") phraseChoisie();
  dire("Fabrication de la clé, quelques secondes…");
  const identite = await creerIdentite();
  const usuelle = facon === "phrase" ? await faireUnePhrase(identite) : await faireUnPasskey(identite, page.dataset.titulaire ?? "");
  dire("Fabrication du code de secours, quelques secondes…");
  const { fente, code } = await fermerParSecours(identite);
  await envoyer({ destinataire: identite.destinataire, ...(await annoncerLaSignature(identite)), fentes: [usuelle, fente].map(fenteEnvoyee) });
  for (const champ of page.querySelectorAll<HTMLInputElement>("input[type=password]")) champ.value = "";
  const empreinte = await identityFingerprint(await publicIdentityOf(identite.identite));
  proposerLaFeuille(code, empreinte, async () => {
    const { suite } = await envoyer<{ suite: string }>({}, page.dataset.secours);
    location.assign(suite);
  });
}

function creation(page: HTMLElement): void {
  const ouverture = requis<HTMLFormElement>('[data-etape="ouverture"]');
  ouverture.addEventListener("change", () => adapter(ouverture));
  adapter(ouverture);
  ouverture.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    void pendant(ouverture, () => fabriquer(page, faconChoisie(ouverture)), "La clé n'a pas pu être fabriquée. Mettez à jour votre navigateur, ou prenez-en un autre.");
  });
}

interface Secours {
  fentes: { sorte: "secours"; contenu: string; parametres: Record<string, string> }[];
  empreinte: string;
}

function recopieSeule(): void {
  const { fentes, empreinte } = donnees<Secours>();
  const formulaire = requis<HTMLFormElement>('[data-etape="code"]');
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    void pendant(formulaire, async () => {
      const saisie = requis<HTMLInputElement>("#code").value;
      if (!codeBienForme(saisie)) throw new Refus("Le code a une faute de frappe. Relisez votre feuille.");
      dire("Ouverture de la clé, quelques secondes…");
      const [fente] = fentes;
      if (!fente) throw new Refus("Cette clé n'a pas de code de secours. Retirez-la, puis créez-en une autre.");
      const aOuvrir: FenteAOuvrir = { ...fente, contenu: fromBase64(fente.contenu) };
      if ((await ouvrirIdentite(aOuvrir, saisie)).empreinte !== empreinte) throw new Refus("Ce code ouvre une autre clé.");
      const { suite } = await envoyer<{ suite: string }>({});
      location.assign(suite);
    }, "Ce code n'ouvre pas votre clé. Est-ce bien la feuille de cette clé ?");
  });
}

const page = document.querySelector<HTMLElement>("[data-creation]");
if (page) creation(page);
else recopieSeule();
