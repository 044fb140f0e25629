/** L'enveloppe d'essai d'une répétition : une clé jetable, partagée comme la vraie, et une phrase scellée pour elle. */
import { MEMBRES_MINIMUM, type PartScellee, type Politique, type Porteur, SEUILS, exigerPorteurs, partager } from "../cles/ceremonie";
import { seal } from "../sceau/age";
import { type Bytes, erase, hex, randomBytes, utf8 } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";
import { generateKeyPair } from "../sceau/identity";

const EN_TETE = "beffroi.repetition/1";
const OCTETS_DE_SEL = 16;

export interface Essai {
  destinataire: string;
  parts: PartScellee[];
  enveloppe: Bytes;
  engagement: string;
}

/** La graine est effacée ici : seules les personnes désignées, ensemble, rouvriront l'enveloppe. */
export async function preparerUnEssai(politique: Politique, membres: Porteur[], phrase: string): Promise<Essai> {
  await exigerPorteurs(membres, MEMBRES_MINIMUM[politique], "membres");
  const cle = await generateKeyPair();
  const { seed, recipient } = cle;
  try {
    const parts = await partager(cle, membres, { seuil: SEUILS[politique], usage: "trial", enregistrement: new Uint8Array() });
    // Le sel empêche de deviner la phrase à partir de son empreinte : le serveur ne la lira que clés tournées.
    const clair = utf8([EN_TETE, hex(randomBytes(OCTETS_DE_SEL)), phrase].join("\n"));
    return { destinataire: recipient, parts, enveloppe: await seal(clair, recipient), engagement: hex(await sha256(clair)) };
  } finally {
    erase(seed);
  }
}
