/** Transparency log: RFC 6962 inclusion, C2SP signed note, checkpoint and tlog-proof. */
import { verifyEd25519 } from "./ed25519";
import { type Bytes, base64, concat, equal, fromBase64, utf8 } from "./encoding";
import { sha256 } from "./hash";

const ED25519_NOTE = 1;
const PROOF_HEADER = "c2sp.org/tlog-proof@v1";

export interface VerifierKey {
  name: string;
  keyId: Bytes;
  publicKey: Bytes;
  /** Sizes of the register that this key signs (SPEC.md §8); `last` is infinite when nothing ended it. */
  first: number;
  last: number;
  /** Others may sign with it. */
  stolen: boolean;
}

/** A key of the register signed this, and others may sign with it: nothing can be concluded. */
export class StolenKey extends Error {}

export interface NoteSignature {
  name: string;
  keyId: Bytes;
  signature: Bytes;
}

export interface Note {
  /** Signed text, final newline included. */
  text: string;
  signatures: NoteSignature[];
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

export interface TlogProof {
  index: number;
  path: Bytes[];
  note: Note;
  checkpoint: Checkpoint;
}

export async function leafHash(data: Uint8Array): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0), data));
}

const PUBLIC_FORMAT = "beffroi.ecriture/2";
const LABEL = "beffroi.feuille/2\n";

/** 64 bytes: the record and its token, both hidden; of a public entry, its label, then the two together (SPEC.md §8). */
export async function leafData(record: string, token: Uint8Array): Promise<Bytes> {
  const digests = concat(await sha256(utf8(record)), await sha256(token));
  const subject = publicSubject(record);
  return subject === null ? digests : concat(await leafLabel(subject), await sha256(digests));
}

/** The first half of every public leaf about `subject`: who knows it finds them all. */
export async function leafLabel(subject: string): Promise<Bytes> {
  return sha256(utf8(`${LABEL}${subject}`));
}

function publicSubject(record: string): string | null {
  if (!record.includes(`"format":"${PUBLIC_FORMAT}"`)) return null;
  try {
    const { format, concerne } = JSON.parse(record) as { format?: unknown; concerne?: unknown };
    return format === PUBLIC_FORMAT && typeof concerne === "string" ? concerne : null;
  } catch {
    return null;
  }
}

async function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(1), left, right));
}

/** RFC 9162 §2.1.3.2. Sizes stay under 2^53, hence division instead of shifts. */
export async function verifyInclusion(leaf: Uint8Array, index: number, size: number, path: Uint8Array[], root: Uint8Array): Promise<boolean> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = new Uint8Array(leaf);
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(hash, root);
}

async function keyIdOf(name: string, typed: Uint8Array): Promise<Bytes> {
  return (await sha256(concat(utf8(`${name}\n`), typed))).slice(0, 4);
}

/** `name+keyid+base64(type ‖ key)`, the key identifier being recomputed; then, if any, its sizes: `129-5248`, `129-`, `0-384 stolen`. */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)(?: (\d+)-(\d*)( stolen)?)?$/.exec(text.trim());
  if (!match) throw new Error("malformed verifier key");
  const [, name, id, encoded, first, last, stolen] = match as unknown as [string, string, string, string, string | undefined, string | undefined, string | undefined];
  const typed = fromBase64(encoded);
  const keyId = await keyIdOf(name, typed);
  if (typed.length !== 33 || typed[0] !== ED25519_NOTE) throw new Error("not an Ed25519 verifier key");
  if (!equal(keyId, Uint8Array.from(id.match(/../g) as string[], (byte) => parseInt(byte, 16)))) throw new Error("wrong key identifier");
  return { name, keyId, publicKey: typed.slice(1), first: decimal(first ?? "0"), last: last ? decimal(last) : Infinity, stolen: stolen !== undefined };
}

export function parseNote(text: string): Note {
  const split = text.lastIndexOf("\n\n");
  if (split < 0 || !text.endsWith("\n")) throw new Error("malformed note");
  const lines = text.slice(split + 2, -1).split("\n");
  const signatures = lines.map((line) => {
    const match = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (!match) throw new Error("malformed signature line");
    const raw = fromBase64(match[2] as string);
    if (raw.length < 5) throw new Error("malformed signature line");
    return { name: match[1] as string, keyId: raw.slice(0, 4), signature: raw.slice(4) };
  });
  return { text: text.slice(0, split + 1), signatures };
}

function decimal(text: string | undefined): number {
  if (text === undefined || !/^(?:0|[1-9][0-9]{0,15})$/.test(text)) throw new Error("malformed number");
  return Number(text);
}

function hashLine(text: string | undefined): Bytes {
  const hash = fromBase64(text ?? "");
  if (hash.length !== 32) throw new Error("malformed hash");
  return hash;
}

export function parseCheckpoint(note: Note): Checkpoint {
  const [origin, size, root] = note.text.split("\n");
  if (!origin) throw new Error("malformed checkpoint");
  return { origin, size: decimal(size), root: hashLine(root) };
}

export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf("\n\n");
  const lines = text.slice(0, split).split("\n");
  if (split < 0 || lines.shift() !== PROOF_HEADER) throw new Error("not a tlog-proof");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const match = /^index (\d+)$/.exec(lines.shift() ?? "");
  if (!match) throw new Error("malformed tlog-proof");
  const note = parseNote(text.slice(split + 2));
  return { index: decimal(match[1]), path: lines.map(hashLine), note, checkpoint: parseCheckpoint(note) };
}

/** True when the note carries a valid signature of this key and speaks for this key's log. */
export async function verifyNote(note: Note, key: VerifierKey): Promise<boolean> {
  const found = note.signatures.find((line) => line.name === key.name && equal(line.keyId, key.keyId));
  if (!found) return false;
  return verifyEd25519(key.publicKey, found.signature, utf8(note.text));
}

/** The checkpoint of a note, once one of these keys of its log signed it, at a size that is this key's to sign. */
export async function openCheckpoint(note: Note, keys: VerifierKey[]): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(note);
  const ofTheLog = keys.filter(({ name }) => name === checkpoint.origin);
  const signed = await Promise.all(ofTheLog.map((key) => verifyNote(note, key)));
  const signers = ofTheLog.filter((_, place) => signed[place]);
  if (signers.length === 0) throw new Error("the register did not sign this checkpoint");
  const itsOwn = signers.filter(({ first, last }) => first <= checkpoint.size && checkpoint.size <= last);
  if (itsOwn.length === 0) throw new Error(`the key that signed this checkpoint does not sign ${checkpoint.size} entries`);
  if (itsOwn.every(({ stolen }) => stolen)) throw new StolenKey("the key that signed this checkpoint was stolen: the register alone tells whether it is one of its own");
  return checkpoint;
}

/** Keys of a register, one a line. */
export async function parseVerifierKeys(text: string): Promise<VerifierKey[]> {
  return Promise.all(text.split("\n").filter((line) => line.trim() !== "").map(parseVerifierKey));
}

/** Text form of a verifier key, as published by the log. */
export async function formatVerifierKey(name: string, publicKey: Uint8Array): Promise<string> {
  const typed = concat(Uint8Array.of(ED25519_NOTE), publicKey);
  const id = Array.from(await keyIdOf(name, typed), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${name}+${id}+${base64(typed)}`;
}
