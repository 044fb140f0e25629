/** La clé d'une personne : créée ici, refermée aussitôt dans ses fentes ; le serveur n'en reçoit que le public. */
import { unseal } from "../sceau/age";
import { type Bytes, fromBase64 } from "../sceau/encoding";
import { fingerprint, generateKeyPair, recipientOf } from "../sceau/identity";
import { createRecoverySlot, generateRecoveryCode, normalizeRecoveryCode, openRecoverySlot } from "../sceau/recovery";
import { createPassphraseSlot, createPasskeySlot, openPasskeySlot, openPassphraseSlot } from "../sceau/slots";

export type SorteDeFente = "phrase" | "passkey" | "secours";

export interface FenteScellee {
  sorte: SorteDeFente;
  libelle: string;
  contenu: Bytes;
  /** Pour un passkey : `identifiant`, qui le désigne sans rien révéler. */
  parametres: Record<string, string>;
}

/** Une identité ouverte en mémoire ; à ne garder que le temps de l'acte. */
export interface IdentiteOuverte {
  identite: string;
  destinataire: string;
  empreinte: string;
}

export async function creerIdentite(): Promise<IdentiteOuverte> {
  const { identity, recipient, fingerprint: empreinte } = await generateKeyPair();
  return { identite: identity, destinataire: recipient, empreinte };
}

export async function fermerParPhrase({ identite }: IdentiteOuverte, phrase: string): Promise<FenteScellee> {
  return { sorte: "phrase", libelle: "", contenu: await createPassphraseSlot(identite, phrase), parametres: {} };
}

/** Crée le passkey et l'essaie aussitôt : trois gestes de la personne. */
export async function fermerParPasskey({ identite }: IdentiteOuverte, libelle: string, titulaire: string): Promise<FenteScellee> {
  const { slot, credential } = await createPasskeySlot(identite, `Clé Beffroi de ${titulaire}`);
  return { sorte: "passkey", libelle, contenu: slot, parametres: { identifiant: credential } };
}

/** Le code n'existe que sur l'écran et sur le papier : rien ne le garde. */
export async function fermerParSecours({ identite }: IdentiteOuverte): Promise<{ fente: FenteScellee; code: string }> {
  const code = generateRecoveryCode();
  const contenu = await createRecoverySlot(identite, code);
  return { fente: { sorte: "secours", libelle: "", contenu, parametres: {} }, code };
}

/** La personne recopie son code : la preuve qu'elle l'a gardé. */
export function codeRecopie(code: string, saisie: string): boolean {
  try {
    return normalizeRecoveryCode(saisie) === normalizeRecoveryCode(code);
  } catch {
    return false;
  }
}

/** Une faute de frappe se voit avant d'attendre le calcul de la fente. */
export function codeBienForme(saisie: string): boolean {
  try {
    normalizeRecoveryCode(saisie);
    return true;
  } catch {
    return false;
  }
}

export interface FenteAOuvrir {
  sorte: SorteDeFente;
  contenu: Uint8Array;
  parametres: Record<string, string>;
}

/** `secret` : la phrase ou le code ; ignoré pour un passkey. Rejette quand il n'ouvre pas. */
export async function ouvrirIdentite({ sorte, contenu, parametres }: FenteAOuvrir, secret: string): Promise<IdentiteOuverte> {
  const identite = await ouvrirFente(sorte, contenu, parametres, secret);
  const destinataire = await recipientOf(identite);
  return { identite, destinataire, empreinte: await fingerprint(destinataire) };
}

function ouvrirFente(sorte: SorteDeFente, contenu: Uint8Array, parametres: Record<string, string>, secret: string): Promise<string> {
  if (sorte === "phrase") return openPassphraseSlot(contenu, secret);
  if (sorte === "secours") return openRecoverySlot(contenu, secret);
  return openPasskeySlot(contenu, parametres.identifiant ?? "");
}

/** Rend le secret du canari : le serveur n'en a que l'empreinte. */
export async function ouvrirCanari({ identite }: IdentiteOuverte, canari: Uint8Array | string): Promise<Bytes> {
  return unseal(typeof canari === "string" ? fromBase64(canari) : canari, identite);
}
