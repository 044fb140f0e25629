/**
 * ChaCha20-Poly1305 in three tiers: native WebCrypto, libsodium wasm, pure JS.
 * All three give the same bytes; only the speed and the custody of the key differ.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";

import { type Bytes, equal, fromHex } from "./encoding";

export type Tier = "native" | "wasm" | "js";

/** What the write-ahead log keeps: a non-extractable key where the browser has the algorithm. */
export type StoredKey = CryptoKey | Bytes;

export interface ChunkCipher {
  readonly tier: Tier;
  readonly key: StoredKey;
  encrypt(nonce: Bytes, clear: Bytes): Bytes | Promise<Bytes>;
  /** Throws when the tag does not match. */
  decrypt(nonce: Bytes, sealed: Bytes): Bytes | Promise<Bytes>;
}

export interface WasmAead {
  encrypt(key: Bytes, nonce: Bytes, clear: Bytes): Bytes;
  decrypt(key: Bytes, nonce: Bytes, sealed: Bytes): Bytes;
}

export interface CipherOptions {
  /** Loads the wasm tier on demand; absent means native or JS only. */
  loadWasm?: () => Promise<WasmAead>;
  /** Restricts the choice, for measurements and tests. */
  only?: Tier;
}

const ALGORITHM = "ChaCha20-Poly1305";
// Zero key and nonce, empty text: the tag that every correct implementation gives.
const EMPTY_TAG = fromHex("4eb972c9a8fb3a1b382bb4d36f5ffad1");

function jsCipher(key: Bytes): ChunkCipher {
  return {
    tier: "js",
    key,
    encrypt: (nonce, clear) => chacha20poly1305(key, nonce).encrypt(clear) as Bytes,
    decrypt: (nonce, sealed) => chacha20poly1305(key, nonce).decrypt(sealed) as Bytes,
  };
}

function wasmCipher(key: Bytes, aead: WasmAead): ChunkCipher {
  return {
    tier: "wasm",
    key,
    encrypt: (nonce, clear) => aead.encrypt(key, nonce, clear),
    decrypt: (nonce, sealed) => aead.decrypt(key, nonce, sealed),
  };
}

function nativeCipher(key: CryptoKey): ChunkCipher {
  const run = async (operation: "encrypt" | "decrypt", iv: Bytes, data: Bytes) =>
    new Uint8Array(await crypto.subtle[operation]({ name: ALGORITHM, iv } as Algorithm, key, data));
  return {
    tier: "native",
    key,
    encrypt: (nonce, clear) => run("encrypt", nonce, clear),
    decrypt: (nonce, sealed) => run("decrypt", nonce, sealed),
  };
}

async function importNative(key: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw-secret" as "raw", key, ALGORITHM, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

async function answersCorrectly(cipher: ChunkCipher): Promise<boolean> {
  try {
    return equal(await cipher.encrypt(new Uint8Array(12), new Uint8Array(0)), EMPTY_TAG);
  } catch {
    return false;
  }
}

/** A tier serves only after it has answered a known vector: a broken engine must not seal a bid. */
async function nativeWorks(): Promise<boolean> {
  const key = await importNative(new Uint8Array(32));
  return key !== null && (await answersCorrectly(nativeCipher(key)));
}

async function loadCheckedWasm(loadWasm: () => Promise<WasmAead>): Promise<WasmAead | null> {
  try {
    const aead = await loadWasm();
    return (await answersCorrectly(wasmCipher(new Uint8Array(32), aead))) ? aead : null;
  } catch {
    return null;
  }
}

const wasmByLoader = new WeakMap<() => Promise<WasmAead>, Promise<WasmAead | null>>();

function wasmFrom(loadWasm: () => Promise<WasmAead>): Promise<WasmAead | null> {
  let loaded = wasmByLoader.get(loadWasm);
  if (!loaded) {
    loaded = loadCheckedWasm(loadWasm);
    wasmByLoader.set(loadWasm, loaded);
  }
  return loaded;
}

async function softwareCipher(key: Bytes, options: CipherOptions): Promise<ChunkCipher> {
  const aead = options.only !== "js" && options.loadWasm ? await wasmFrom(options.loadWasm) : null;
  if (options.only === "wasm" && !aead) throw new Error("the wasm tier is not available");
  return aead ? wasmCipher(key, aead) : jsCipher(key);
}

/** Cipher for a fresh 32-byte key: the fastest tier that works here. */
export async function createCipher(key: Bytes, options: CipherOptions = {}): Promise<ChunkCipher> {
  if (options.only === undefined || options.only === "native") {
    const native = (await nativeWorks()) ? await importNative(key) : null;
    if (native) return nativeCipher(native);
    if (options.only === "native") throw new Error("the native tier is not available");
  }
  return softwareCipher(key, options);
}

/** Cipher for a key read back from the write-ahead log. */
export async function restoreCipher(key: StoredKey, options: CipherOptions = {}): Promise<ChunkCipher> {
  return key instanceof Uint8Array ? softwareCipher(key, options) : nativeCipher(key);
}
