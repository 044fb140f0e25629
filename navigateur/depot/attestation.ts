/** Contrôler une attestation de test : sa signature par la clé du registre, et le PDF qu'elle engage. */
import { type Bytes, utf8Decode } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { parseNote, parseVerifierKey, verifyNote } from "../sceau/log";

export const NOTE = "attestation.note";
const PDF = "attestation.pdf";
const FORMAT = "beffroi.attestation/1";

export interface AttestationLue {
  service: string;
  etablieLe: Date;
}

/** Rend ce que l'attestation dit, ou lève la raison pour laquelle elle ne se vérifie pas. `cles` : une par ligne. */
export async function verifierAttestation(fichiers: Map<string, Bytes>, cles: string): Promise<AttestationLue> {
  const [note, papier] = [fichiers.get(NOTE), fichiers.get(PDF)];
  if (!note || !papier) throw new Error("Il manque un fichier à l'archive.");
  const signee = parseNote(utf8Decode(note));
  const [format, contenu, engage] = signee.text.split("\n");
  if (format !== FORMAT || !contenu) throw new Error("Ce n'est pas une attestation.");
  const connues = cles.split("\n").filter((ligne) => ligne.trim() !== "");
  if (connues.length === 0) throw new Error("La clé du registre n'a pas pu être lue. Vérifiez votre connexion.");
  let signature = false;
  for (const cle of connues) signature ||= await verifyNote(signee, await parseVerifierKey(cle));
  if (!signature) throw new Error("La signature n'est pas celle de ce service.");
  if (engage !== `${PDF} ${await sha256Hex(papier)}`) throw new Error("Le PDF n'est pas celui qui a été signé.");
  const { service, etablie_le } = JSON.parse(contenu) as { service: string; etablie_le: string };
  return { service, etablieLe: new Date(etablie_le) };
}
