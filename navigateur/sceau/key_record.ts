/** The signed record of a consultation's key: made by a member, checked by whoever is about to seal (SPEC.md §11). */
import { verifyEd25519 } from "./ed25519";
import { type Bytes, concat, fromBase64, fromHex, utf8 } from "./encoding";
import { sha256 } from "./hash";
import { fingerprint } from "./identity";
import { leafHash, parseTlogProof, parseVerifierKey, verifyInclusion, verifyNote } from "./log";
import { type Json, canonicalize, isCanonical } from "./manifest";

export const FORMAT = "beffroi.cle/1";
const ENTRY_FORMAT = "beffroi.ecriture/1";
const ACT = "cles.paire_deposee";

export interface KeyRecord {
  format: typeof FORMAT;
  consultation: string;
  enveloppe: string;
  destinataire: string;
  empreinte: string;
  politique: string;
  seuil: number;
  date_limite: string | null;
  gardiens: string[];
  signataire: string;
}

/** What the platform publishes with a key: the entry of the register, its timestamp token, its proof. */
export interface PublishedKey {
  ecriture: string;
  jeton: string;
  preuve: string;
}

export interface ExpectedKey {
  consultation: string;
  envelope: string;
  recipient: string;
}

interface EntryData {
  cle: KeyRecord;
  signature: string;
  cle_de_signature: string;
}

export function buildRecord(content: Omit<KeyRecord, "format">): KeyRecord {
  return { format: FORMAT, ...content, gardiens: [...content.gardiens].sort() };
}

export function recordBytes(record: KeyRecord): Bytes {
  return utf8(canonicalize(record as unknown as Json));
}

/** Any doubt throws: nothing must then be sealed. */
export async function verifyKeyRecord(published: PublishedKey | undefined, expected: ExpectedKey, logKey: string): Promise<KeyRecord> {
  if (!published) throw new Error("the key has no signed record");
  const { cle, signature, cle_de_signature } = readEntry(published.ecriture);
  const { consultation, envelope, recipient } = expected;
  if (cle.format !== FORMAT || cle.consultation !== consultation || cle.enveloppe !== envelope || cle.destinataire !== recipient) {
    throw new Error("the signed record is that of another key");
  }
  if (cle.empreinte !== (await fingerprint(recipient))) throw new Error("the fingerprint of the signed record is not that of the key");
  if (!(await verifyEd25519(fromHex(cle_de_signature), fromHex(signature), recordBytes(cle)))) throw new Error("the signature of the record is wrong");
  await checkRegister(published, logKey);
  return cle;
}

function readEntry(text: string): EntryData {
  const entry = JSON.parse(text) as { format?: string; acte?: string; donnees?: EntryData };
  const { format, acte, donnees } = entry;
  if (format !== ENTRY_FORMAT || acte !== ACT || typeof donnees?.cle !== "object" || donnees.cle === null) throw new Error("the entry of the register is not that of a key");
  if (!isCanonical(utf8(text))) throw new Error("the entry of the register is not canonical");
  return donnees;
}

async function checkRegister({ ecriture, jeton, preuve }: PublishedKey, logKey: string): Promise<void> {
  const { index, path, note, checkpoint } = parseTlogProof(preuve);
  const key = await parseVerifierKey(logKey);
  if (key.name !== checkpoint.origin || !(await verifyNote(note, key))) throw new Error("the register did not sign this checkpoint");
  const leaf = await leafHash(concat(await sha256(utf8(ecriture)), await sha256(fromBase64(jeton))));
  if (!(await verifyInclusion(leaf, index, checkpoint.size, path, checkpoint.root))) throw new Error("the record is not in the register");
}
