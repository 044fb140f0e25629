/** Signing key drawn from a member's identity: the slot that opens one opens the other (SPEC.md §4). */
import { ed25519 } from "@noble/curves/ed25519.js";

import { type Bytes, erase, hex, utf8 } from "./encoding";
import { sha256 } from "./hash";
import { fingerprint, recipientOf, seedFromIdentity } from "./identity";

const INFO = utf8("beffroi/signature/1");
const POSSESSION = "beffroi.possession/1\n";
const IDENTITY = "beffroi.identite/2\n";

/** What everybody knows of an identity: the fingerprint of the key one seals to, and its signing key. */
export interface PublicIdentity {
  sealing: string;
  signing: Bytes;
}

async function secretKey(identity: string): Promise<Bytes> {
  const seed = seedFromIdentity(identity);
  try {
    const material = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: INFO }, material, 256));
  } finally {
    erase(seed);
  }
}

async function withSecretKey(identity: string, use: (secret: Bytes) => Uint8Array): Promise<Bytes> {
  const secret = await secretKey(identity);
  try {
    return new Uint8Array(use(secret));
  } finally {
    erase(secret);
  }
}

export function signingKeyOf(identity: string): Promise<Bytes> {
  return withSecretKey(identity, (secret) => ed25519.getPublicKey(secret));
}

/** WebCrypto signs only with keys in PKCS #8, and not in every browser: the audited JS library is the same everywhere. */
export function sign(identity: string, message: Uint8Array): Promise<Bytes> {
  return withSecretKey(identity, (secret) => ed25519.sign(message, secret));
}

/** What a new member signs, so that nobody registers the signing key of another as their own. */
export function possession(fingerprint: string): Bytes {
  return utf8(`${POSSESSION}${fingerprint}`);
}

export async function publicIdentityOf(identity: string): Promise<PublicIdentity> {
  return { sealing: await fingerprint(await recipientOf(identity)), signing: await signingKeyOf(identity) };
}

/** Covers both keys: nobody shows it with a signing key of their own. First 16 bytes of SHA-256, lower-case hexadecimal. */
export async function identityFingerprint({ sealing, signing }: PublicIdentity): Promise<string> {
  return hex((await sha256(utf8(`${IDENTITY}${sealing}\n${hex(signing)}`))).subarray(0, 16));
}
