/** Tourner la clé : chacun ouvre sa part, la présidence recombine, contrôle l'empreinte, remet au coffre du serveur. */
import { seal } from "../sceau/age";
import { type Bytes, erase } from "../sceau/encoding";
import { type CleDemandee, ouvrirPart } from "../cles/part";
import { type KeyPair, fingerprint, generateKeyPair } from "../sceau/identity";
import { NotEnoughSharesError, combine } from "../sceau/shares";

/** Clé de la séance, née et morte dans le navigateur de la présidence. */
export type CleEphemere = KeyPair;

export function creerCleEphemere(): Promise<CleEphemere> {
  return generateKeyPair();
}

/** Le membre rescelle sa part pour la présidence, une fois le code court comparé à voix haute ; et seulement la part de la clé demandée. */
export async function rescellerPart({ identite, partScellee }: PartTenue, demandee: CleDemandee, destinataire: string): Promise<Bytes> {
  const part = await ouvrirPart(identite, partScellee, demandee);
  try {
    return await seal(part, destinataire);
  } finally {
    erase(part);
  }
}

export interface PartTenue {
  identite: string;
  partScellee: Uint8Array;
}

export interface Reconstitution {
  /** Part de la présidence, scellée pour son identité de membre ; absente quand des gardiens ouvrent. */
  sienne: PartTenue | null;
  /** Parts des autres, rescellées pour la clé éphémère. */
  recues: Uint8Array[];
  ephemere: CleEphemere;
  demandee: CleDemandee;
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

async function reunirParts({ sienne, recues, ephemere, demandee }: Reconstitution): Promise<Bytes[]> {
  const miennes = sienne ? [sienne] : [];
  const tenues = [...miennes, ...recues.map((partScellee) => ({ identite: ephemere.identity, partScellee }))];
  return Promise.all(tenues.map(({ identite, partScellee }) => ouvrirPart(identite, partScellee, demandee)));
}

/** Rend la paire recombinée ; rejette si les parts ne suffisent pas, ne sont pas celles demandées, ou donnent une autre clé. */
export async function reconstituer(demande: Reconstitution): Promise<KeyPair> {
  const parts = await reunirParts(demande);
  try {
    return await combine(parts);
  } catch (erreur) {
    if (erreur instanceof NotEnoughSharesError) throw new ClesManquantesError(erreur.threshold, erreur.given);
    throw new EmpreinteDifferenteError();
  } finally {
    erase(...parts);
  }
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
