/** Ouvrir sa part d'une clé, et n'en rien donner si ce n'est pas celle qu'on croit (sceau, SPEC §3). */
import { unseal } from "../sceau/age";
import { type Bytes, equal, erase, utf8 } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";
import { FORMATS, type KeyRecord } from "../sceau/key_record";
import { type Purpose, type Share, readShare } from "../sceau/shares";
import { Refus } from "./page";

/** La clé qu'un écran demande. Le service peut mentir sur elle : la part, elle, dit de quelle clé elle est. */
export interface CleDemandee {
  usages: readonly Purpose[];
  consultation: string;
  enveloppe: string;
  empreinte: string;
  /** Ce que l'acheteur a signé à la création de la clé ; vide pour une clé d'essai, qui n'en a pas. */
  enregistrement: string;
}

/** Ouvrir ou refaire des parts touche la vraie clé ; répéter, jamais. */
export const POUR_OUVRIR: readonly Purpose[] = ["member", "custodian"];
export const POUR_REPETER: readonly Purpose[] = ["trial"];

export class PartEtrangereError extends Refus {
  constructor() {
    super("La part présentée n'est pas celle de cette clé. Rien n'a été donné. Arrêtez, et prévenez l'assistance.");
    this.name = "PartEtrangereError";
  }
}

/** L'appelant l'efface après usage. */
export async function ouvrirPart(identite: string, scellee: Uint8Array, demandee: CleDemandee): Promise<Bytes> {
  const part = await unseal(scellee, identite);
  try {
    await exigerLaBonnePart(part, demandee);
    return part;
  } catch (erreur) {
    erase(part);
    throw erreur;
  }
}

async function exigerLaBonnePart(part: Uint8Array, demandee: CleDemandee): Promise<void> {
  const lue = lire(part);
  if (!demandee.usages.includes(lue.purpose) || lue.fingerprint !== demandee.empreinte) throw new PartEtrangereError();
  if (lue.purpose !== "trial") await exigerSonEnregistrement(lue, demandee);
}

function lire(part: Uint8Array): Share {
  try {
    return readShare(part);
  } catch {
    throw new PartEtrangereError();
  }
}

/** L'empreinte de l'enregistrement a été mise dans la part par le navigateur qui a créé la clé : personne ne l'y change. */
async function exigerSonEnregistrement(lue: Share, { consultation, enveloppe, empreinte, enregistrement }: CleDemandee): Promise<void> {
  if (!equal(await sha256(utf8(enregistrement)), lue.record)) throw new PartEtrangereError();
  const dit = JSON.parse(enregistrement) as KeyRecord;
  const sienne = FORMATS.includes(dit.format) && dit.consultation === consultation && dit.enveloppe === enveloppe && dit.empreinte === empreinte;
  if (!sienne || (lue.purpose === "member" && lue.threshold !== dit.seuil)) throw new PartEtrangereError();
}
