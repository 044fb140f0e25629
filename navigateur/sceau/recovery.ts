/** Printed recovery code: 130 random bits in groups that a hand can copy, with a checksum. */
import { sha256 } from "@noble/hashes/sha2.js";

import { type Bytes, utf8 } from "./encoding";
import { SCRYPT_LOG_N, createPassphraseSlot, openPassphraseSlot } from "./slots";

// Crockford's base 32: no I, L, O or U, so that nothing is mistaken for 1, 0 or V.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA_LENGTH = 26;
const CHECK_LENGTH = 2;
const GROUP_LENGTH = 4;

function checksum(data: string): string {
  const digest = sha256(utf8(`beffroi.recovery/1\n${data}`));
  return ALPHABET.charAt((digest[0] as number) & 31) + ALPHABET.charAt((digest[1] as number) & 31);
}

function grouped(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUP_LENGTH}}`, "g")) ?? []).join("-");
}

/** Seven groups of four: 26 characters of entropy and 2 of checksum. */
export function generateRecoveryCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(DATA_LENGTH));
  const data = Array.from(random, (byte) => ALPHABET.charAt(byte & 31)).join("");
  return grouped(data + checksum(data));
}

/** Canonical form of a typed code; throws when a character or the checksum is wrong. */
export function normalizeRecoveryCode(typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
  if (code.length !== DATA_LENGTH + CHECK_LENGTH || [...code].some((character) => !ALPHABET.includes(character))) {
    throw new Error("malformed recovery code");
  }
  const data = code.slice(0, DATA_LENGTH);
  if (checksum(data) !== code.slice(DATA_LENGTH)) throw new Error("recovery code checksum mismatch");
  return grouped(code);
}

export async function createRecoverySlot(identity: string, code: string, logN = SCRYPT_LOG_N): Promise<Bytes> {
  return createPassphraseSlot(identity, normalizeRecoveryCode(code), logN);
}

export async function openRecoverySlot(slot: Uint8Array, code: string): Promise<string> {
  return openPassphraseSlot(slot, normalizeRecoveryCode(code));
}
