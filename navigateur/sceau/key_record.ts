/** The signed record of a consultation's key: made by a member, checked by whoever is about to seal (SPEC.md §11). */
import { verifyEd25519 } from "./ed25519";
import { type Bytes, fromBase64, fromHex, utf8 } from "./encoding";
import { sha256 } from "./hash";
import { fingerprint } from "./identity";
import { verifyLocalToken } from "./local_token";
import { leafData, leafHash, openCheckpoint, parseTlogProof, parseVerifierKeys, verifyInclusion } from "./log";
import { type Json, canonicalize, isCanonical } from "./manifest";
import { identityFingerprint } from "./signing";

const FORMAT = "beffroi.cle/2";
/** Its `signataire` is bound to no signing key. It stays read for the consultations that have it. */
const FIRST_FORMAT = "beffroi.cle/1";
const FIRST_FORMAT_ENDS = new Date("2027-04-01T00:00:00Z");
const ENTRY_FORMAT = "beffroi.ecriture/1";
const PUBLIC_ENTRY_FORMAT = "beffroi.ecriture/2";
const ACTS: Record<string, string> = { [ENTRY_FORMAT]: "cles.paire_deposee", [PUBLIC_ENTRY_FORMAT]: "cles.cle_publiee" };
const FIELDS = "consultation,date_limite,destinataire,empreinte,enveloppe,format,gardiens,politique,scellement_du_signataire,seuil,signataire";
/** The local authority stamps an entry with the entry's own time, cut to the millisecond. */
const CLOCK_TOLERANCE_MS = 2000;

export const FORMATS: readonly string[] = [FORMAT, FIRST_FORMAT];

export interface KeyRecord {
  format: string;
  consultation: string;
  enveloppe: string;
  destinataire: string;
  empreinte: string;
  politique: string;
  seuil: number;
  date_limite: string | null;
  /** Fingerprints of identities; in the first format, of the keys that one seals to. */
  gardiens: string[];
  signataire: string;
  /** Absent from the first format: with the signing key, what `signataire` is the fingerprint of. */
  scellement_du_signataire?: string;
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
  /** The fingerprint of the only identity whose keys are accepted. */
  signer?: string;
  /** False for who made the key, and does not wait for its publication. */
  public?: boolean;
}

/** The keys one knows of the register: its own, and the roots of its timestamp authority, in PEM. */
export interface KnownRegister {
  log: string;
  roots?: string;
}

interface EntryData {
  cle: KeyRecord;
  signature: string;
  cle_de_signature: string;
}

interface Entry {
  format?: string;
  acte?: string;
  concerne?: string;
  le?: string;
  donnees?: EntryData;
}

export function buildRecord(content: Omit<Required<KeyRecord>, "format">): KeyRecord {
  return { format: FORMAT, ...content, gardiens: [...content.gardiens].sort() };
}

export function recordBytes(record: KeyRecord): Bytes {
  return utf8(canonicalize(record as unknown as Json));
}

/** Any doubt throws: nothing must then be sealed. */
export async function verifyKeyRecord(published: PublishedKey | undefined, expected: ExpectedKey, register: KnownRegister): Promise<KeyRecord> {
  if (!published) throw new Error("the key has no signed record");
  const { le, concerne, donnees } = readEntry(published.ecriture);
  const { cle, signature } = donnees;
  const { consultation, envelope, recipient, signer } = expected;
  if (cle.consultation !== consultation || cle.enveloppe !== envelope || cle.destinataire !== recipient) throw new Error("the signed record is that of another key");
  if (cle.empreinte !== (await fingerprint(recipient))) throw new Error("the fingerprint of the signed record is not that of the key");
  checkPublic(concerne, cle, expected);
  const key = fromHex(donnees.cle_de_signature);
  await checkSigner(cle, key, await stampedAt(published, le, register), signer);
  if (!(await verifyEd25519(key, fromHex(signature), recordBytes(cle)))) throw new Error("the signature of the record is wrong");
  await checkRegister(published, register.log);
  return cle;
}

/** A public leaf bears the label of its consultation: whoever knows it finds every key that somebody may have been shown. */
function checkPublic(concerns: string | undefined, { format }: KeyRecord, { consultation, public: required = true }: ExpectedKey): void {
  if (concerns !== undefined && concerns !== consultation) throw new Error("the public entry of the key is about another consultation");
  if (concerns === undefined && required && format === FORMAT) throw new Error("the key is not public in the register");
}

function readEntry(text: string): { le: Date; concerne: string | undefined; donnees: EntryData } {
  const { format, acte, le, concerne, donnees } = JSON.parse(text) as Entry;
  const isKnown = format === ENTRY_FORMAT ? concerne === undefined : format === PUBLIC_ENTRY_FORMAT && typeof concerne === "string";
  if (!isKnown || acte !== ACTS[format as string] || typeof donnees?.cle !== "object" || donnees.cle === null) throw new Error("the entry of the register is not that of a key");
  if (typeof le !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z$/.test(le)) throw new Error("the entry of the register has no hour");
  if (!isCanonical(utf8(text))) throw new Error("the entry of the register is not canonical");
  return { le: new Date(le), concerne, donnees };
}

async function stampedAt({ ecriture, jeton }: PublishedKey, said: Date, { roots }: KnownRegister): Promise<Date> {
  const stamped = await verifyLocalToken(fromBase64(jeton), await sha256(utf8(ecriture)), roots);
  // An unreadable hour is not a number: it is near none.
  if (!(Math.abs(stamped.getTime() - said.getTime()) <= CLOCK_TOLERANCE_MS)) throw new Error("the timestamp of the record is not of the hour that it says");
  return stamped;
}

async function checkSigner(record: KeyRecord, key: Bytes, stamped: Date, expected: string | undefined): Promise<void> {
  if (record.format === FIRST_FORMAT) return checkFirstFormat(stamped, expected);
  const { scellement_du_signataire: sealing, signataire } = record;
  if (record.format !== FORMAT || Object.keys(record).sort().join() !== FIELDS) throw new Error("the signed record is not of a known format");
  if (typeof sealing !== "string" || !/^[0-9a-f]{32}$/.test(sealing) || signataire !== (await identityFingerprint({ sealing, signing: key }))) throw new Error("the signing key is not that of the identity that signs");
  if (expected !== undefined && signataire !== expected) throw new Error("the key is not signed by the identity that is expected");
}

/** It names its signatory without binding them: it serves only the keys made before its end, and nobody who expects a given signatory. */
function checkFirstFormat(stamped: Date, expected: string | undefined): void {
  if (stamped >= FIRST_FORMAT_ENDS) throw new Error("the signed record is of a format that is no longer made");
  if (expected !== undefined) throw new Error("the first format of the record binds no signatory");
}

async function checkRegister({ ecriture, jeton, preuve }: PublishedKey, logKeys: string): Promise<void> {
  const { index, path, note } = parseTlogProof(preuve);
  const checkpoint = await openCheckpoint(note, await parseVerifierKeys(logKeys));
  const leaf = await leafHash(await leafData(ecriture, fromBase64(jeton)));
  if (!(await verifyInclusion(leaf, index, checkpoint.size, path, checkpoint.root))) throw new Error("the record is not in the register");
}
