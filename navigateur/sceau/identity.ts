/** Hybrid X-Wing identities (age `mlkem768x25519`) and their fingerprints. */
import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";

import { type Bytes, hex, randomBytes, utf8 } from "./encoding";
import { sha256 } from "./hash";

export const SEED_LENGTH = 32;
const SECRET_PREFIX = "AGE-SECRET-KEY-PQ-";
const RECIPIENT = /^age1pq1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{1952}$/;

export interface KeyPair {
  seed: Bytes;
  identity: string;
  recipient: string;
  fingerprint: string;
}

export function identityFromSeed(seed: Uint8Array): string {
  if (seed.length !== SEED_LENGTH) throw new Error("a seed has 32 bytes");
  return bech32.encodeFromBytes(SECRET_PREFIX, seed).toUpperCase();
}

export function seedFromIdentity(identity: string): Bytes {
  const { prefix, bytes } = bech32.decodeToBytes(identity);
  if (prefix.toUpperCase() !== SECRET_PREFIX || identity !== identity.toUpperCase()) throw new Error("not a hybrid identity");
  if (bytes.length !== SEED_LENGTH) throw new Error("a seed has 32 bytes");
  return new Uint8Array(bytes);
}

export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}

/** First 16 bytes of SHA-256 of the recipient string, lower-case hexadecimal. */
export async function fingerprint(recipient: string): Promise<string> {
  return hex((await sha256(utf8(recipient))).subarray(0, 16));
}

/** Shape only: the checksum and the key are checked when the recipient is used. */
export function isHybridRecipient(text: string): boolean {
  return RECIPIENT.test(text);
}

export async function keyPairFromSeed(seed: Uint8Array): Promise<KeyPair> {
  const identity = identityFromSeed(seed);
  const recipient = await recipientOf(identity);
  return { seed: new Uint8Array(seed), identity, recipient, fingerprint: await fingerprint(recipient) };
}

export function generateKeyPair(): Promise<KeyPair> {
  return keyPairFromSeed(randomBytes(SEED_LENGTH));
}
