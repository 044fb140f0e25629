/** Contrôler une attestation de test : sa signature par la clé du registre, et le PDF qu'elle engage. */
import { type Bytes, utf8Decode } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { parseNote, parseVerifierKey, verifyNote } from "../sceau/log";

export const NOTE = "attestation.note";
const PDF = "attestation.pdf";
const CLE = "cles/journal.vkey";
const FORMAT = "beffroi.attestation/1";

export interface AttestationLue {
  service: string;
  etablieLe: Date;
  /** Sous une clé connue d'ailleurs ; sinon, l'attestation s'accorde seulement avec elle-même. */
  connue: boolean;
}

/**
 * Rend ce que l'attestation dit, ou lève la raison pour laquelle elle ne se vérifie pas. `cles` : une par ligne ;
 * à défaut, celle de l'archive sert, et `connue` le dit.
 */
export async function verifierAttestation(fichiers: Map<string, Bytes>, cles: string): Promise<AttestationLue> {
  const [note, papier] = [fichiers.get(NOTE), fichiers.get(PDF)];
  if (!note || !papier) throw new Error("Il manque un fichier à l'archive.");
  const signee = parseNote(utf8Decode(note));
  const [format, contenu, engage] = signee.text.split("\n");
  if (format !== FORMAT || !contenu) throw new Error("Ce n'est pas une attestation.");
  const [donnees, jointes] = [enLignes(cles), enLignes(utf8Decode(fichiers.get(CLE) ?? new Uint8Array(0)))];
  const connue = donnees.length > 0;
  if (!connue && jointes.length === 0) throw new Error("La clé du registre n'a pas pu être lue. Vérifiez votre connexion.");
  let signature = false;
  for (const cle of connue ? donnees : jointes) signature ||= await verifyNote(signee, await parseVerifierKey(cle));
  if (!signature) throw new Error("La signature n'est pas celle de ce service.");
  if (engage !== `${PDF} ${await sha256Hex(papier)}`) throw new Error("Le PDF n'est pas celui qui a été signé.");
  const { service, etablie_le } = JSON.parse(contenu) as { service: string; etablie_le: string };
  return { service, etablieLe: new Date(etablie_le), connue };
}

function enLignes(texte: string): string[] {
  return texte.split("\n").filter((ligne) => ligne.trim() !== "");
}
