/** The wasm tier, in a bundle of its own: only browsers without the native algorithm fetch it. */
import sodium from "libsodium-wrappers";

import type { WasmAead } from "./cipher";
import type { Bytes } from "./encoding";

export async function loadSodium(): Promise<WasmAead> {
  await sodium.ready;
  return {
    encrypt: (key, nonce, clear) => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(clear, null, null, nonce, key) as Bytes,
    decrypt: (key, nonce, sealed) => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key) as Bytes,
  };
}
