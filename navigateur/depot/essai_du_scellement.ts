/**
 * L'essai du canari (scellement, §10.2) : avant le premier fichier, ce navigateur scelle quelques octets pour une clé qui
 * vient de naître, les rouvre, et compare. Un moteur qui scelle de travers se découvre ici, et non à l'ouverture.
 */
import { CHUNK_LENGTH, chunkCount, openSeal, unseal } from "../sceau/age";
import { type CipherOptions, createCipher } from "../sceau/cipher";
import { concat, equal } from "../sceau/encoding";
import { generateKeyPair } from "../sceau/identity";
import { sealChunks } from "../sceau/stream";
import { ScellementError } from "./protocole";

export const ESSAI_MANQUE =
  "L'essai du scellement a échoué : ce navigateur ne rouvre pas ce qu'il scelle. Rien n'a été scellé ni envoyé. " +
  "Mettez-le à jour, essayez-en un autre, ou appelez-nous.";

/** Deux morceaux, le second incomplet : la clé, l'ordre et la fin sont éprouvés. */
const OCTETS_D_ESSAI = CHUNK_LENGTH + 1000;

export async function essayerLeScellement(options: CipherOptions = {}): Promise<void> {
  const clair = new Uint8Array(OCTETS_D_ESSAI);
  for (let debut = 0; debut < clair.length; debut += CHUNK_LENGTH) crypto.getRandomValues(clair.subarray(debut, debut + CHUNK_LENGTH));
  let rouvert: Uint8Array | null = null;
  try {
    const { recipient, identity } = await generateKeyPair();
    const { prefix, streamKey } = await openSeal(recipient);
    const corps = await sealChunks(await createCipher(streamKey, options), clair, 0, chunkCount(clair.length));
    rouvert = await unseal(concat(prefix, corps), identity);
  } catch {
    // Ce qui ne se rouvre pas ne sert à rien : la raison technique n'aiderait personne ici.
  }
  if (rouvert === null || !equal(rouvert, clair)) throw new ScellementError("panne", ESSAI_MANQUE);
}
