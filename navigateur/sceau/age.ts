/** Profile SCELLÉ-1: header by typage with the captured file key, small files, stream keys. */
import { Decrypter, Encrypter, type Identity, type Recipient } from "age-encryption";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { type Bytes, concat, erase, randomBytes, utf8 } from "./encoding";
import { isHybridRecipient } from "./identity";

export const CHUNK_LENGTH = 65_536;
export const TAG_LENGTH = 16;
export const SEALED_CHUNK_LENGTH = CHUNK_LENGTH + TAG_LENGTH;
export const CHUNKS_PER_PART = 128;
export const PART_LENGTH = CHUNKS_PER_PART * SEALED_CHUNK_LENGTH;
export const CLEAR_PART_LENGTH = CHUNKS_PER_PART * CHUNK_LENGTH;
export const NONCE_LENGTH = 16;
export const HEADER_LENGTH = 1627;
export const PREFIX_LENGTH = HEADER_LENGTH + NONCE_LENGTH;

export interface Seal {
  /** Header and payload nonce: the first bytes of the file. */
  prefix: Bytes;
  /** Key of the chunks, for one content only. */
  streamKey: Bytes;
}

export function chunkCount(clearSize: number): number {
  return Math.max(1, Math.ceil(clearSize / CHUNK_LENGTH));
}

export function partCount(clearSize: number): number {
  return Math.ceil(chunkCount(clearSize) / CHUNKS_PER_PART);
}

export function sealedSize(clearSize: number): number {
  return PREFIX_LENGTH + clearSize + TAG_LENGTH * chunkCount(clearSize);
}

/** Length of part `number` (from 1) of a sealed file. */
export function partLength(clearSize: number, number: number): number {
  const start = number === 1 ? 0 : PREFIX_LENGTH + (number - 1) * PART_LENGTH;
  return Math.min(sealedSize(clearSize), PREFIX_LENGTH + number * PART_LENGTH) - start;
}

/** Inverse of `sealedSize`; throws when no content has that sealed size. */
export function clearSize(sealed: number): number {
  const payload = sealed - PREFIX_LENGTH;
  const size = payload - TAG_LENGTH * Math.max(1, Math.ceil(payload / SEALED_CHUNK_LENGTH));
  if (!Number.isSafeInteger(size) || size < 0 || sealedSize(size) !== sealed) throw new Error("impossible sealed size");
  return size;
}

export function deriveStreamKey(fileKey: Uint8Array, nonce: Uint8Array): Bytes {
  return hkdf(sha256, fileKey, nonce, utf8("payload"), 32) as Bytes;
}

/** A new file key sealed to `recipient`, and the key of its payload. */
export async function openSeal(recipient: string): Promise<Seal> {
  if (!isHybridRecipient(recipient)) throw new Error("not a hybrid recipient");
  let fileKey: Uint8Array | undefined;
  const capture: Recipient = {
    wrapFileKey(key) {
      fileKey = key.slice();
      return [];
    },
  };
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  encrypter.addRecipient(capture);
  const empty = await encrypter.encrypt(new Uint8Array(0));
  const header = empty.subarray(0, empty.length - NONCE_LENGTH - TAG_LENGTH);
  if (!fileKey || header.length !== HEADER_LENGTH) throw new Error("unexpected header");
  const nonce = randomBytes(NONCE_LENGTH);
  const streamKey = deriveStreamKey(fileKey, nonce);
  erase(fileKey);
  return { prefix: concat(header, nonce), streamKey };
}

/** Seal a small content (share, canary, seed) in one piece. */
export async function seal(clear: Uint8Array, recipient: string): Promise<Bytes> {
  if (!isHybridRecipient(recipient)) throw new Error("not a hybrid recipient");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return new Uint8Array(await encrypter.encrypt(clear));
}

/** Open a small sealed content held in memory. */
export async function unseal(sealed: Uint8Array, identity: string | Identity): Promise<Bytes> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return new Uint8Array(await decrypter.decrypt(sealed));
}

/** Key of the chunks of a sealed file, from its 1643-byte prefix. */
export async function openPrefix(prefix: Uint8Array, identity: string | Identity): Promise<Bytes> {
  if (prefix.length !== PREFIX_LENGTH) throw new Error("the prefix has 1643 bytes");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const fileKey = await decrypter.decryptHeader(prefix.subarray(0, HEADER_LENGTH));
  const streamKey = deriveStreamKey(fileKey, prefix.subarray(HEADER_LENGTH));
  erase(fileKey);
  return streamKey;
}
