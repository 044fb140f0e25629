/**
 * Code court d'authentification entre deux navigateurs : six chiffres lus à voix haute.
 *
 * La présidence s'engage sur son aléa avant de voir celui de l'autre : un serveur qui remplacerait les clés
 * n'aurait qu'une chance sur un million, en un seul essai, de tomber sur le même code des deux côtés.
 */
import { type Bytes, concat, equal, fromHex, hex, randomBytes, utf8 } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";

const DOMAINE_DE_L_ENGAGEMENT = "beffroi.code-court.engagement/1";
const DOMAINE_DU_CODE = "beffroi.code-court/1";
const OCTETS_D_ALEA = 32;

export interface Engagement {
  destinataire: string;
  engagement: string;
}

export interface Contribution {
  destinataire: string;
  alea: string;
}

/** Chaque champ est précédé de sa longueur : deux découpages différents ne donnent jamais les mêmes octets. */
function champs(...valeurs: Uint8Array[]): Bytes {
  return concat(...valeurs.flatMap((valeur) => {
    const longueur = new Uint8Array(4);
    new DataView(longueur.buffer).setUint32(0, valeur.length);
    return [longueur, valeur];
  }));
}

function lireAlea(texte: string): Bytes {
  const alea = fromHex(texte);
  if (alea.length !== OCTETS_D_ALEA) throw new Error("aléa de longueur inattendue");
  return alea;
}

async function engagementDe(seance: string, { destinataire, alea }: Contribution): Promise<string> {
  return hex(await sha256(champs(utf8(DOMAINE_DE_L_ENGAGEMENT), utf8(seance), utf8(destinataire), lireAlea(alea))));
}

async function codeDe(seance: string, presidence: Contribution, membre: Contribution): Promise<string> {
  const empreintes = [utf8(presidence.destinataire), utf8(membre.destinataire), lireAlea(presidence.alea), lireAlea(membre.alea)];
  const somme = await sha256(champs(utf8(DOMAINE_DU_CODE), utf8(seance), ...empreintes));
  const nombre = new DataView(somme.buffer).getBigUint64(0) % 1_000_000n;
  return nombre.toString().padStart(6, "0");
}

export function contribuer(destinataire: string): Contribution {
  return { destinataire, alea: hex(randomBytes(OCTETS_D_ALEA)) };
}

/** 1. La présidence publie son destinataire éphémère et son engagement. */
export async function engager(seance: string, presidence: Contribution): Promise<Engagement> {
  return { destinataire: presidence.destinataire, engagement: await engagementDe(seance, presidence) };
}

/** 3. La présidence, ayant reçu la contribution du membre, dévoile la sienne et calcule le code. */
export async function codeDeLaPresidence(seance: string, presidence: Contribution, membre: Contribution): Promise<string> {
  return codeDe(seance, presidence, membre);
}

/** 4. Le membre contrôle que l'aléa dévoilé est celui de l'engagement reçu AVANT d'envoyer le sien. */
export async function codeDuMembre(seance: string, recu: Engagement, devoilee: Contribution, membre: Contribution): Promise<string> {
  const attendu = fromHex(recu.engagement);
  const obtenu = fromHex(await engagementDe(seance, devoilee));
  if (recu.destinataire !== devoilee.destinataire || !equal(attendu, obtenu)) {
    throw new Error("Le code ne peut pas être établi : l'engagement reçu ne correspond pas. Arrêtez la séance et prévenez l'exploitant.");
  }
  return codeDe(seance, devoilee, membre);
}

/** « 042 817 », plus facile à lire à voix haute. */
export function codeLisible(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
