/** Slots: age files that each wrap one member identity (passphrase, recovery code, passkey). */
import { Decrypter, Encrypter, webauthn } from "age-encryption";

import { type Bytes, equal, utf8, utf8Decode } from "./encoding";
import { seedFromIdentity } from "./identity";

/** Cost of the passphrase slots: 2^17 is about half a second and 128 MiB on an office machine. */
export const SCRYPT_LOG_N = 17;

async function sealWithPassphrase(identity: string, passphrase: string, logN: number): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(logN);
  return new Uint8Array(await encrypter.encrypt(identity));
}

/** The same accents must give the same key whatever the keyboard, hence NFKC. */
export function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize("NFKC").trim();
}

/** Wrap an identity under a passphrase, then prove that the slot opens. */
export async function createPassphraseSlot(identity: string, passphrase: string, logN = SCRYPT_LOG_N): Promise<Bytes> {
  seedFromIdentity(identity);
  const slot = await sealWithPassphrase(identity, normalizePassphrase(passphrase), logN);
  await assertOpens(await openPassphraseSlot(slot, passphrase), identity);
  return slot;
}

export async function openPassphraseSlot(slot: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normalizePassphrase(passphrase));
  return checked(await decrypter.decrypt(slot));
}

export interface PasskeySlot {
  slot: Bytes;
  /** Public hint that names the credential; kept beside the slot. */
  credential: string;
}

/** `unsupported`: no PRF here; `unreadable`: PRF was announced, then failed to read; `cancelled`: the person, or a timeout. */
export type PasskeyFailure = "unsupported" | "unreadable" | "cancelled";

export class PasskeyError extends Error {
  constructor(readonly failure: PasskeyFailure, cause: unknown) {
    super(`passkey ${failure}`, { cause });
    this.name = "PasskeyError";
  }
}

/** Browsers answer NotAllowedError for a refusal, a timeout and an absent authenticator alike. */
async function attempt<T>(gesture: () => Promise<T>, otherwise: PasskeyFailure): Promise<T> {
  try {
    return await gesture();
  } catch (error) {
    const refused = error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name);
    throw new PasskeyError(refused ? "cancelled" : otherwise, error);
  }
}

/**
 * Create a passkey and wrap the identity with its PRF. Some authenticators announce PRF at creation and
 * then fail to read, so the slot is opened once before it is said to be saved (two user gestures more).
 */
export async function createPasskeySlot(identity: string, keyName: string, rpId?: string): Promise<PasskeySlot> {
  seedFromIdentity(identity);
  const credential = await attempt(() => webauthn.createCredential({ keyName, ...(rpId === undefined ? {} : { rpId }) }), "unsupported");
  const slot = await attempt(() => sealWithPasskey(identity, credential), "unreadable");
  await assertOpens(await openPasskeySlot(slot, credential), identity);
  return { slot, credential };
}

async function sealWithPasskey(identity: string, credential: string): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: credential }));
  return new Uint8Array(await encrypter.encrypt(identity));
}

export async function openPasskeySlot(slot: Uint8Array, credential: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: credential }));
  return checked(await attempt(() => decrypter.decrypt(slot), "unreadable"));
}

function checked(content: Uint8Array): string {
  const identity = utf8Decode(content);
  seedFromIdentity(identity);
  return identity;
}

async function assertOpens(opened: string, identity: string): Promise<void> {
  if (!equal(utf8(opened), utf8(identity))) throw new Error("the slot does not give the identity back");
}
