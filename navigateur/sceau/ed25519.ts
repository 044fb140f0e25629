/** Ed25519 verification: WebCrypto, or pure JS in browsers that do not have it yet. */
import { ed25519 } from "@noble/curves/ed25519.js";

import type { Bytes } from "./encoding";

async function importKey(publicKey: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

export async function verifyEd25519(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = await importKey(publicKey);
  if (key) return crypto.subtle.verify("Ed25519", key, signature, message);
  // Strict RFC 8032, as WebCrypto: no signature that one engine accepts and the other refuses.
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
