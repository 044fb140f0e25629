import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";

import { emettreParXhr } from "../depot/reseau";

/** Un XMLHttpRequest dont le test décide la fin. */
class XhrFactice {
  static derniere: XhrFactice;
  readonly upload = {};
  readonly status = 204;
  readonly responseText = "";
  onload: (() => void) | null = null;
  onabort: (() => void) | null = null;
  onloadend: (() => void) | null = null;

  constructor() {
    XhrFactice.derniere = this;
  }

  open(): void {}
  setRequestHeader(): void {}
  send(): void {}

  getResponseHeader(): null {
    return null;
  }

  repondre(): void {
    this.onload?.();
    this.onloadend?.();
  }

  abort(): void {
    this.onabort?.();
    this.onloadend?.();
  }
}

Object.assign(globalThis, { XMLHttpRequest: XhrFactice });

function envoyer(signal: AbortSignal) {
  return emettreParXhr({ methode: "PUT", adresse: "/", entetes: {}, corps: new ArrayBuffer(8), signal });
}

test("une partie partie n'est plus retenue par le signal, qui vit autant que le fichier", async () => {
  const { signal } = new AbortController();
  for (let partie = 0; partie < 3; partie++) {
    const reponse = envoyer(signal);
    assert.equal(getEventListeners(signal, "abort").length, 1);
    XhrFactice.derniere.repondre();
    assert.equal((await reponse).statut, 204);
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("une interruption abandonne la requête, et le signal n'en garde rien", async () => {
  const interruption = new AbortController();
  const reponse = envoyer(interruption.signal);
  interruption.abort();
  await assert.rejects(reponse, { name: "AbortError" });
  assert.equal(getEventListeners(interruption.signal, "abort").length, 0);
});
