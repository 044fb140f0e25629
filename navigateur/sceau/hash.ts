/** SHA-256: one shot by WebCrypto, streaming by wasm with a pure JS fallback. */
import { createSHA256 } from "hash-wasm";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

import { type Bytes, hex } from "./encoding";

export async function sha256(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data as Bytes));
}

export async function sha256Hex(data: Uint8Array): Promise<string> {
  return hex(await sha256(data));
}

export interface StreamingHash {
  update(data: Uint8Array): void;
  /** Close the hash and return its lower-case hexadecimal value. */
  digestHex(): string;
}

/** WebCrypto has no streaming digest; wasm is three times as fast as JS where the page's policy allows it. */
export async function createStreamingHash(): Promise<StreamingHash> {
  try {
    const hasher = (await createSHA256()).init();
    return { update: (data) => void hasher.update(data), digestHex: () => hasher.digest("hex") };
  } catch {
    const hasher = nobleSha256.create();
    return { update: (data) => void hasher.update(data), digestHex: () => hex(hasher.digest()) };
  }
}

/** Whole-file SHA-256 in constant memory. */
export async function hashBlob(blob: Blob, onProgress?: (done: number) => void): Promise<string> {
  const step = 4 * 1024 * 1024;
  const hasher = await createStreamingHash();
  for (let offset = 0; offset < blob.size; offset += step) {
    hasher.update(new Uint8Array(await blob.slice(offset, offset + step).arrayBuffer()));
    onProgress?.(Math.min(offset + step, blob.size));
  }
  return hasher.digestHex();
}
