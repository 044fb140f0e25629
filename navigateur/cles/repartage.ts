/** Refaire les parts d'une clé sans la changer : la rouvrir en mémoire, la partager de nouveau, l'effacer. */
import { type Bytes, erase, utf8Decode } from "../sceau/encoding";
import type { KeyPair } from "../sceau/identity";
import { type KeyRecord, type PublishedKey, recordBytes, verifyKeyRecord } from "../sceau/key_record";
import { combine } from "../sceau/shares";
import { MEMBRES_MINIMUM, NOMBRE_DE_GARDIENS, type PartScellee, type Politique, type Porteur, SEUILS, SEUIL_DES_GARDIENS, exigerPorteurs, partager } from "./ceremonie";
import type { IdentiteOuverte } from "./identite";
import { Refus } from "./page";
import { type CleDemandee, POUR_OUVRIR, ouvrirPart } from "./part";

/** Une clé telle que le service la publie : son enregistrement signé, tenu au registre. */
export interface ClePubliee {
  consultation: string;
  enveloppe: string;
  destinataire: string;
  empreinte: string;
  publiee: PublishedKey;
  /** Clé publique du registre, et certificats de son autorité d'horodatage, en PEM. */
  journal: string;
  horodatage?: string;
}

export interface PaireARefaire extends ClePubliee {
  part: Bytes;
  /** La part qu'une première personne a scellée pour celle-ci ; vide quand une seule suffit. */
  relais: Bytes;
}

export interface Repartition {
  /** Vide : cette liste ne change pas, ses parts restent. */
  membres: Porteur[];
  gardiens: Porteur[];
}

export interface PartsRefaites {
  membres: PartScellee[];
  gardiens: PartScellee[];
}

/** Ce que la part doit confirmer : la vraie clé de cette consultation, avec l'enregistrement que le registre en tient. */
export async function cleDemandee(cle: ClePubliee): Promise<{ demandee: CleDemandee; enregistre: KeyRecord }> {
  const { consultation, enveloppe, destinataire: recipient, empreinte, journal, horodatage } = cle;
  try {
    const enregistre = await verifyKeyRecord(cle.publiee, { consultation, envelope: enveloppe, recipient, public: false }, { log: journal, roots: horodatage });
    return { enregistre, demandee: { usages: POUR_OUVRIR, consultation, enveloppe, empreinte, enregistrement: utf8Decode(recordBytes(enregistre)) } };
  } catch {
    throw new Refus("Cette clé n'est pas celle que votre organisme a signée. Rien n'a changé. Prévenez l'assistance.");
  }
}

/** Combien de personnes tournent la clé : ce que l'acheteur a signé, et que chaque part confirme. Jamais ce que dit la page. */
function politiqueSignee({ politique, seuil }: KeyRecord): Politique {
  const connue = politique === "standard" || politique === "double" ? politique : null;
  if (!connue || SEUILS[connue] !== seuil) throw new Refus("La politique signée de cette clé est inconnue. Rien n'a changé. Prévenez l'assistance.");
  return connue;
}

async function rouvrir({ identite }: IdentiteOuverte, { part, relais }: PaireARefaire, demandee: CleDemandee): Promise<KeyPair> {
  const scellees = [part, relais].filter(({ length }) => length > 0);
  const parts = await Promise.all(scellees.map((scellee) => ouvrirPart(identite, scellee, demandee)));
  try {
    return await combine(parts);
  } finally {
    erase(...parts);
  }
}

/** Un polynôme neuf par liste : les anciennes parts n'ouvrent plus rien avec les nouvelles. */
export async function refaireLesParts(cle: IdentiteOuverte, aRefaire: PaireARefaire, { membres, gardiens }: Repartition): Promise<PartsRefaites> {
  const { demandee, enregistre } = await cleDemandee(aRefaire);
  const politique = politiqueSignee(enregistre);
  if (membres.length > 0) await exigerPorteurs(membres, MEMBRES_MINIMUM[politique], "membres");
  if (gardiens.length > 0) await exigerPorteurs(gardiens, NOMBRE_DE_GARDIENS, "gardiens");
  const paire = await rouvrir(cle, aRefaire, demandee);
  const enregistrement = recordBytes(enregistre);
  try {
    return {
      membres: membres.length > 0 ? await partager(paire, membres, { seuil: SEUILS[politique], usage: "member", enregistrement }) : [],
      gardiens: gardiens.length > 0 ? await partager(paire, gardiens, { seuil: SEUIL_DES_GARDIENS, usage: "custodian", enregistrement }) : [],
    };
  } finally {
    erase(paire.seed);
  }
}
