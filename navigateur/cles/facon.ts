/** Une façon d'ouvrir la clé : la choisir pour ouvrir, ou en faire une neuve. Les refus y sont des phrases. */
import { PasskeyError, type PasskeyFailure } from "../sceau/slots";
import { fromBase64 } from "../sceau/encoding";
import { type FenteAOuvrir, type FenteScellee, type IdentiteOuverte, type SorteDeFente, codeBienForme, fermerParPasskey, fermerParPhrase, ouvrirIdentite } from "./identite";
import { Refus, dire, requis } from "./page";

export interface FenteVue {
  reference: string;
  sorte: SorteDeFente;
  libelle: string;
  contenu: string;
  parametres: Record<string, string>;
}

const LONGUEUR_MINIMALE = 16;
const ETIQUETTES: Record<SorteDeFente, string> = { phrase: "Phrase de clé", secours: "Code de secours", passkey: "" };
const A_LA_CREATION: Record<PasskeyFailure, string> = {
  unsupported: "Cet appareil ne sait pas garder votre clé. Choisissez plutôt une phrase de clé.",
  unreadable: "Cet appareil a dit savoir garder votre clé, puis n'a pas su la rouvrir. Rien n'est enregistré. Choisissez plutôt une phrase de clé.",
  cancelled: "L'appareil n'a pas répondu, ou vous avez annulé. Rien n'est enregistré. Recommencez, ou choisissez une phrase de clé.",
};
const A_L_OUVERTURE: Record<PasskeyFailure, string> = {
  unsupported: "Cet appareil ne sait pas ouvrir votre clé. Choisissez une autre façon.",
  unreadable: "Cette clé d'accès n'a pas ouvert votre clé. Choisissez une autre façon.",
  cancelled: "L'appareil n'a pas répondu, ou vous avez annulé. Recommencez, ou choisissez une autre façon.",
};

function choix({ libelle }: FenteVue, rang: number): HTMLElement {
  const etiquette = document.createElement("label");
  etiquette.className = "coche";
  // L'étiquette nomme sa case par `for` : la contenir ne suffit pas à toutes les aides (RGAA 11.1).
  etiquette.htmlFor = `fente-${rang}`;
  const bouton = Object.assign(document.createElement("input"), { id: `fente-${rang}`, type: "radio", name: "fente", value: String(rang), checked: rang === 0 });
  const texte = document.createElement("span");
  texte.textContent = libelle;
  etiquette.append(bouton, texte);
  return etiquette;
}

function choisie(fentes: FenteVue[]): FenteVue {
  const fente = fentes[Number(requis<HTMLInputElement>("input[name=fente]:checked").value)];
  if (!fente) throw new Refus("Choisissez avec quoi ouvrir votre clé.");
  return fente;
}

function adapterLeSecret({ sorte }: FenteVue): void {
  requis("[data-champ-secret]").hidden = sorte === "passkey";
  requis("[data-etiquette-secret]").textContent = ETIQUETTES[sorte];
  requis<HTMLInputElement>("#secret").type = sorte === "phrase" ? "password" : "text";
}

/** Montre les façons d'ouvrir et, pour celle qui en demande un, le champ du secret. */
export function proposerLesFacons(formulaire: HTMLFormElement, fentes: FenteVue[]): void {
  const premiere = fentes[0];
  requis("[data-fentes]").replaceChildren(...fentes.map(choix));
  if (premiere) adapterLeSecret(premiere);
  formulaire.addEventListener("change", () => adapterLeSecret(choisie(fentes)));
}

/** Ouvre la clé par la façon choisie, contrôle que c'est la bonne, et oublie la saisie. */
export async function ouvrirParLaFaconChoisie(fentes: FenteVue[], empreinte: string): Promise<{ cle: IdentiteOuverte; fente: FenteVue }> {
  const fente = choisie(fentes);
  const saisie = requis<HTMLInputElement>("#secret");
  if (fente.sorte === "secours" && !codeBienForme(saisie.value)) throw new Refus("Le code a une faute de frappe. Relisez votre feuille.");
  dire(fente.sorte === "passkey" ? "Répondez à votre appareil…" : "Ouverture de la clé, quelques secondes…");
  const aOuvrir: FenteAOuvrir = { ...fente, contenu: fromBase64(fente.contenu) };
  const cle = await enPhrases(() => ouvrirIdentite(aOuvrir, saisie.value), A_L_OUVERTURE);
  if (cle.empreinte !== empreinte) throw new Refus("Cette ouverture donne une autre clé. Prévenez l'assistance.");
  saisie.value = "";
  return { cle, fente };
}

async function enPhrases<T>(acte: () => Promise<T>, phrases: Record<PasskeyFailure, string>): Promise<T> {
  try {
    return await acte();
  } catch (erreur) {
    throw erreur instanceof PasskeyError ? new Refus(phrases[erreur.failure]) : erreur;
  }
}

export function phraseChoisie(): string {
  const phrase = requis<HTMLInputElement>("#phrase").value.trim();
  if (phrase.length < LONGUEUR_MINIMALE) throw new Refus("La phrase de clé est trop courte. Écrivez au moins 16 caractères.");
  if (new Set(phrase).size < 8) throw new Refus("La phrase de clé se devine. Choisissez des mots plus variés.");
  if (phrase !== requis<HTMLInputElement>("#phrase-encore").value.trim()) throw new Refus("Les deux phrases diffèrent. Écrivez-les de nouveau.");
  return phrase;
}

export async function faireUnePhrase(identite: IdentiteOuverte): Promise<FenteScellee> {
  const phrase = phraseChoisie();
  dire("Fermeture de la clé par votre phrase, quelques secondes…");
  return fermerParPhrase(identite, phrase);
}

/** Trois gestes : créer, fermer, rouvrir aussitôt. Rien n'est dit enregistré avant le troisième. */
export async function faireUnPasskey(identite: IdentiteOuverte, titulaire: string): Promise<FenteScellee> {
  dire("Répondez à votre appareil : il demande trois gestes…");
  const appareil = requis<HTMLInputElement>("#appareil").value.trim();
  return enPhrases(() => fermerParPasskey(identite, appareil, titulaire), A_LA_CREATION);
}
