/** Page /cles/canari/<référence>/ : ouvrir sa clé, et prouver qu'elle ouvre ce qui lui est scellé. */
import { type FenteAOuvrir, type SorteDeFente, ouvrirCanari, ouvrirIdentite } from "../cles/identite";
import { Refus, dire, donnees, envoyer, pendant, requis } from "../cles/page";
import { base64, fromBase64 } from "../sceau/encoding";

interface Fente {
  sorte: SorteDeFente;
  libelle: string;
  contenu: string;
  parametres: Record<string, string>;
}

interface Essai {
  empreinte: string;
  fentes: Fente[];
  canaris: { reference: string; scelle: string }[];
}

const ETIQUETTES: Record<SorteDeFente, string> = { phrase: "Phrase de clé", secours: "Code de secours", passkey: "" };

function choix(fente: Fente, rang: number): HTMLElement {
  const etiquette = document.createElement("label");
  etiquette.className = "coche";
  const bouton = Object.assign(document.createElement("input"), { type: "radio", name: "fente", value: String(rang), checked: rang === 0 });
  const texte = document.createElement("span");
  texte.textContent = fente.libelle;
  etiquette.append(bouton, texte);
  return etiquette;
}

function choisie(fentes: Fente[]): Fente {
  const rang = Number(requis<HTMLInputElement>("input[name=fente]:checked").value);
  return fentes[rang] as Fente;
}

function adapterLeSecret({ sorte }: Fente): void {
  requis("[data-champ-secret]").hidden = sorte === "passkey";
  requis("[data-etiquette-secret]").textContent = ETIQUETTES[sorte];
  requis<HTMLInputElement>("#secret").type = sorte === "phrase" ? "password" : "text";
}

const { empreinte, fentes, canaris } = donnees<Essai>();
const formulaire = requis<HTMLFormElement>('[data-etape="ouverture"]');
requis("[data-fentes]").replaceChildren(...fentes.map(choix));
adapterLeSecret(fentes[0] as Fente);
formulaire.addEventListener("change", () => adapterLeSecret(choisie(fentes)));
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    dire("Ouverture de la clé, quelques secondes…");
    const fente = choisie(fentes);
    const aOuvrir: FenteAOuvrir = { ...fente, contenu: fromBase64(fente.contenu) };
    const cle = await ouvrirIdentite(aOuvrir, requis<HTMLInputElement>("#secret").value);
    if (cle.empreinte !== empreinte) throw new Refus("Cette ouverture donne une autre clé. Prévenez l'assistance.");
    const ouverts = [];
    for (const { reference, scelle } of canaris) ouverts.push({ reference, clair: base64(await ouvrirCanari(cle, scelle)) });
    requis<HTMLInputElement>("#secret").value = "";
    const { suite } = await envoyer<{ suite: string }>({ ouverts });
    location.assign(suite);
  }, "Votre clé ne s'est pas ouverte. Vérifiez votre phrase ou votre code, puis recommencez.");
});
