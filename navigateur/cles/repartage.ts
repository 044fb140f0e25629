/** Refaire les parts d'une clé sans la changer : la rouvrir en mémoire, la partager de nouveau, l'effacer. */
import { unseal } from "../sceau/age";
import { type Bytes, erase } from "../sceau/encoding";
import { keyPairFromSeed } from "../sceau/identity";
import { combine } from "../sceau/shares";
import { MEMBRES_MINIMUM, NOMBRE_DE_GARDIENS, type PartScellee, type Politique, type Porteur, SEUILS, SEUIL_DES_GARDIENS, exigerPorteurs, partager } from "./ceremonie";
import type { IdentiteOuverte } from "./identite";

export interface PaireARefaire {
  enveloppe: string;
  /** Empreinte publiée : la clé rouverte doit être celle-là. */
  empreinte: string;
  part: Bytes;
  /** La part qu'une première personne a scellée pour celle-ci ; vide quand une seule suffit. */
  relais: Bytes;
}

export interface Repartition {
  politique: Politique;
  /** Vide : cette liste ne change pas, ses parts restent. */
  membres: Porteur[];
  gardiens: Porteur[];
}

export interface PartsRefaites {
  membres: PartScellee[];
  gardiens: PartScellee[];
}

async function rouvrir({ identite }: IdentiteOuverte, { part, relais, empreinte }: PaireARefaire): Promise<Bytes> {
  const parts = await Promise.all([part, relais].filter(({ length }) => length > 0).map((scellee) => unseal(scellee, identite)));
  try {
    const graine = await combine(parts);
    const { fingerprint, seed } = await keyPairFromSeed(graine);
    erase(seed);
    if (fingerprint === empreinte) return graine;
    erase(graine);
    throw new Error("la clé rouverte n'est pas celle qui a été publiée");
  } finally {
    erase(...parts);
  }
}

/** Un polynôme neuf par liste : les anciennes parts n'ouvrent plus rien avec les nouvelles. */
export async function refaireLesParts(cle: IdentiteOuverte, paire: PaireARefaire, { politique, membres, gardiens }: Repartition): Promise<PartsRefaites> {
  if (membres.length > 0) await exigerPorteurs(membres, MEMBRES_MINIMUM[politique], "membres");
  if (gardiens.length > 0) await exigerPorteurs(gardiens, NOMBRE_DE_GARDIENS, "gardiens");
  const graine = await rouvrir(cle, paire);
  try {
    return {
      membres: membres.length > 0 ? await partager(graine, membres, SEUILS[politique], paire.empreinte) : [],
      gardiens: gardiens.length > 0 ? await partager(graine, gardiens, SEUIL_DES_GARDIENS, paire.empreinte) : [],
    };
  } finally {
    erase(graine);
  }
}
