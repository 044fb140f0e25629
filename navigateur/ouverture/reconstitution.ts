/** Tourner la clé : chacun ouvre sa part, la présidence recombine, contrôle l'empreinte, remet au coffre du serveur. */
import { seal, unseal } from "../sceau/age";
import { type Bytes, erase } from "../sceau/encoding";
import { type KeyPair, fingerprint, generateKeyPair, keyPairFromSeed } from "../sceau/identity";
import { NotEnoughSharesError, combine } from "../sceau/shares";

/** Clé de la séance, née et morte dans le navigateur de la présidence. */
export type CleEphemere = KeyPair;

export function creerCleEphemere(): Promise<CleEphemere> {
  return generateKeyPair();
}

/** Ouvre sa propre part ; l'appelant l'efface après usage. */
export async function ouvrirPart(identite: string, partScellee: Uint8Array): Promise<Bytes> {
  return unseal(partScellee, identite);
}

/** Le membre rescelle sa part pour la présidence, une fois le code court comparé à voix haute. */
export async function rescellerPart(identite: string, partScellee: Uint8Array, destinatairePresidence: string): Promise<Bytes> {
  const part = await ouvrirPart(identite, partScellee);
  try {
    return await seal(part, destinatairePresidence);
  } finally {
    erase(part);
  }
}

export interface Reconstitution {
  /** Part de la présidence, scellée pour son identité de membre ; absente quand des gardiens ouvrent. */
  sienne: { identite: string; partScellee: Uint8Array } | null;
  /** Parts des autres, rescellées pour la clé éphémère. */
  recues: Uint8Array[];
  ephemere: CleEphemere;
  /** Empreinte publiée de la clé de l'enveloppe. */
  empreinteAttendue: string;
}

export class EmpreinteDifferenteError extends Error {
  constructor() {
    super("La clé recombinée n'est pas celle qui a été publiée. Rien n'a été ouvert.");
    this.name = "EmpreinteDifferenteError";
  }
}

/** Une personne seule a cliqué : la politique de la consultation en demande d'autres. */
export class ClesManquantesError extends Error {
  constructor(seuil: number, tournees: number) {
    super(`Il faut ${seuil} clés tournées, il y en a ${tournees}. Attendez les autres personnes.`);
    this.name = "ClesManquantesError";
  }
}

async function recombiner(parts: Bytes[]): Promise<Bytes> {
  try {
    return await combine(parts);
  } catch (erreur) {
    if (erreur instanceof NotEnoughSharesError) throw new ClesManquantesError(erreur.threshold, erreur.given);
    throw erreur;
  } finally {
    erase(...parts);
  }
}

async function reunirParts({ sienne, recues, ephemere }: Reconstitution): Promise<Bytes[]> {
  const miennes = sienne ? [await ouvrirPart(sienne.identite, sienne.partScellee)] : [];
  return [...miennes, ...(await Promise.all(recues.map((part) => unseal(part, ephemere.identity))))];
}

/** Rend la paire recombinée ; rejette si les parts ne suffisent pas ou donnent une autre clé. */
export async function reconstituer(demande: Reconstitution): Promise<KeyPair> {
  const parts = await reunirParts(demande);
  const graine = await recombiner(parts);
  const paire = await keyPairFromSeed(graine);
  erase(graine);
  if (paire.fingerprint === demande.empreinteAttendue) return paire;
  erase(paire.seed);
  throw new EmpreinteDifferenteError();
}

/**
 * Scelle la graine (32 octets) pour le coffre du serveur, puis l'efface ici.
 * `empreinteDuCoffre` est celle que la page affiche et que le journal a publiée.
 */
export async function remettreAuCoffre(paire: KeyPair, coffre: { destinataire: string; empreinte: string }): Promise<Bytes> {
  if ((await fingerprint(coffre.destinataire)) !== coffre.empreinte) throw new Error("La clé du coffre n'est pas celle attendue.");
  try {
    return await seal(paire.seed, coffre.destinataire);
  } finally {
    erase(paire.seed);
  }
}
