/** age STREAM in random access: any run of chunks can be sealed or opened alone. */
import type { Identity } from "age-encryption";

import {
  CHUNKS_PER_PART,
  CHUNK_LENGTH,
  CLEAR_PART_LENGTH,
  PREFIX_LENGTH,
  SEALED_CHUNK_LENGTH,
  TAG_LENGTH,
  chunkCount,
  clearSize,
  openPrefix,
} from "./age";
import { type ChunkCipher, type CipherOptions, createCipher } from "./cipher";
import type { Bytes } from "./encoding";

/** 11-byte big-endian counter, then 1 for the last chunk. */
export function chunkNonce(index: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  let rest = index;
  for (let i = 10; i >= 0 && rest > 0; i--) {
    nonce[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Seal `clear`, which starts at chunk `first` of a content of `total` chunks. */
export async function sealChunks(cipher: ChunkCipher, clear: Bytes, first: number, total: number): Promise<Bytes> {
  const count = Math.max(1, Math.ceil(clear.length / CHUNK_LENGTH));
  const sealed = new Uint8Array(clear.length + TAG_LENGTH * count);
  const sealOne = async (i: number) => {
    const piece = clear.subarray(i * CHUNK_LENGTH, (i + 1) * CHUNK_LENGTH);
    const nonce = chunkNonce(first + i, first + i === total - 1);
    sealed.set(await cipher.encrypt(nonce, piece), i * SEALED_CHUNK_LENGTH);
  };
  await Promise.all(Array.from({ length: count }, (_, i) => sealOne(i)));
  return sealed;
}

/** Open `sealed`, which starts at chunk `first` of a content of `total` chunks. */
export async function openChunks(cipher: ChunkCipher, sealed: Bytes, first: number, total: number): Promise<Bytes> {
  const count = Math.ceil(sealed.length / SEALED_CHUNK_LENGTH);
  if (count === 0) throw new Error("the file is truncated");
  const clear = new Uint8Array(Math.max(0, sealed.length - TAG_LENGTH * count));
  const openOne = async (i: number) => {
    const piece = sealed.subarray(i * SEALED_CHUNK_LENGTH, (i + 1) * SEALED_CHUNK_LENGTH);
    const nonce = chunkNonce(first + i, first + i === total - 1);
    clear.set(await cipher.decrypt(nonce, piece), i * CHUNK_LENGTH);
  };
  await Promise.all(Array.from({ length: count }, (_, i) => openOne(i)));
  return clear;
}

/** Sealed bytes of part `number` (from 1), given its clear bytes; part 1 carries the prefix. */
export async function sealPart(cipher: ChunkCipher, prefix: Bytes, clear: Bytes, number: number, size: number): Promise<Bytes> {
  const sealed = await sealChunks(cipher, clear, (number - 1) * CHUNKS_PER_PART, chunkCount(size));
  if (number !== 1) return sealed;
  const part = new Uint8Array(prefix.length + sealed.length);
  part.set(prefix);
  part.set(sealed, prefix.length);
  return part;
}

export function clearPart(file: Blob, number: number): Promise<ArrayBuffer> {
  return file.slice((number - 1) * CLEAR_PART_LENGTH, number * CLEAR_PART_LENGTH).arrayBuffer();
}

/** Open a sealed file part by part, in constant memory; throws at the first altered chunk. */
export async function* unsealParts(sealed: Blob, identity: string | Identity, options: CipherOptions = {}): AsyncGenerator<Bytes> {
  const total = chunkCount(clearSize(sealed.size));
  const prefix = new Uint8Array(await sealed.slice(0, PREFIX_LENGTH).arrayBuffer());
  const cipher = await createCipher(await openPrefix(prefix, identity), options);
  const step = CHUNKS_PER_PART * SEALED_CHUNK_LENGTH;
  for (let first = 0; first < total; first += CHUNKS_PER_PART) {
    const offset = PREFIX_LENGTH + first * SEALED_CHUNK_LENGTH;
    const piece = new Uint8Array(await sealed.slice(offset, offset + step).arrayBuffer());
    yield await openChunks(cipher, piece, first, total);
  }
}
