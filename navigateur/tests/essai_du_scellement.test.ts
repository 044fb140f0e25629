import assert from "node:assert/strict";
import { test } from "node:test";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";

import { ESSAI_MANQUE, essayerLeScellement } from "../depot/essai_du_scellement";
import type { WasmAead } from "../sceau/cipher";
import type { Bytes } from "../sceau/encoding";

/** Un moteur juste, dont on abîme ce qu'il scelle. */
function moteur(abimer: (scelle: Bytes, clair: Bytes) => Bytes = (scelle) => scelle): WasmAead {
  return {
    encrypt: (cle, nonce, clair) => abimer(chacha20poly1305(cle, nonce).encrypt(clair) as Bytes, clair),
    decrypt: (cle, nonce, scelle) => chacha20poly1305(cle, nonce).decrypt(scelle) as Bytes,
  };
}

test("un moteur juste scelle et rouvre l'essai", async () => {
  await essayerLeScellement({ only: "js" });
  await essayerLeScellement({ only: "wasm", loadWasm: async () => moteur() });
});

const FAUTES: [string, (scelle: Bytes, clair: Bytes) => Bytes][] = [
  ["change un octet de ce qu'il scelle", (scelle, clair) => (clair.length > 0 ? scelle.map((octet, rang) => (rang === 0 ? octet ^ 1 : octet)) : scelle)],
  ["coupe la fin", (scelle, clair) => (clair.length > 0 ? scelle.slice(0, -1) : scelle)],
  ["laisse en clair", (scelle, clair) => (clair.length > 0 ? clair : scelle)],
];

for (const [faute, abimer] of FAUTES) {
  test(`un moteur qui ${faute}, mais répond juste au vecteur connu, est arrêté avant le premier fichier`, async () => {
    await assert.rejects(essayerLeScellement({ only: "wasm", loadWasm: async () => moteur(abimer) }), { message: ESSAI_MANQUE });
  });
}
