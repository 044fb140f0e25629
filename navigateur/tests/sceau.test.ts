import assert from "node:assert/strict";
import { test } from "node:test";
import { Decrypter } from "age-encryption";

import { CHUNK_LENGTH, PART_LENGTH, PREFIX_LENGTH, chunkCount, clearSize, openSeal, partCount, partLength, seal, sealedSize, unseal } from "../sceau/age";
import { type CipherOptions, createCipher } from "../sceau/cipher";
import { type Bytes, concat, equal } from "../sceau/encoding";
import { createStreamingHash, hashBlob, sha256Hex } from "../sceau/hash";
import { fingerprint, generateKeyPair, identityFromSeed, isHybridRecipient, keyPairFromSeed, seedFromIdentity } from "../sceau/identity";
import { loadSodium } from "../sceau/sodium";
import { clearPart, sealPart, unsealParts } from "../sceau/stream";
import { MIO, octets } from "./outils";

const SIZES = [0, 1, CHUNK_LENGTH - 1, CHUNK_LENGTH, CHUNK_LENGTH + 1, 8 * MIO, 8 * MIO + 1, 9 * MIO + 12345];
const TIERS: [string, CipherOptions][] = [["js", { only: "js" }], ["wasm", { only: "wasm", loadWasm: loadSodium }]];

/** Seal in parts, last part first, to show that no part depends on another. */
async function sealInParts(clear: Bytes, recipient: string, options: CipherOptions): Promise<Bytes[]> {
  const { prefix, streamKey } = await openSeal(recipient);
  const cipher = await createCipher(streamKey, options);
  const parts: Bytes[] = [];
  for (let number = partCount(clear.length); number >= 1; number--) {
    const piece = new Uint8Array(await clearPart(new Blob([clear]), number));
    parts[number - 1] = await sealPart(cipher, prefix, piece, number, clear.length);
  }
  return parts;
}

for (const [name, options] of TIERS) {
  test(`parts sealed out of order by the ${name} tier form a file that typage opens`, async () => {
    const { identity, recipient } = await generateKeyPair();
    for (const size of SIZES) {
      const clear = octets(size, size + 1);
      const parts = await sealInParts(clear, recipient, options);
      const file = concat(...parts);
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      assert.equal(file.length, sealedSize(size));
      parts.forEach((part, i) => assert.equal(part.length, partLength(size, i + 1)));
      assert.ok(equal(await decrypter.decrypt(file), clear));
    }
  });
}

test("the tiers give the same bytes", async () => {
  const key = octets(32, 7);
  const ciphers = await Promise.all(TIERS.map(([, options]) => createCipher(key.slice(), options)));
  const sealed = await Promise.all(ciphers.map((cipher) => cipher.encrypt(new Uint8Array(12), octets(1000))));
  assert.deepEqual(sealed[0], sealed[1]);
});

test("an engine that answers the known vector wrongly is not used", async () => {
  const broken = async () => ({ encrypt: () => new Uint8Array(16), decrypt: () => new Uint8Array(0) });
  assert.equal((await createCipher(octets(32), { loadWasm: broken })).tier, "js");
  await assert.rejects(createCipher(octets(32), { only: "wasm", loadWasm: broken }), /not available/);
});

test("a streamed file opens part by part and any altered byte is refused", async () => {
  const { identity, recipient } = await generateKeyPair();
  const clear = octets(9 * MIO, 3);
  const file = concat(...(await sealInParts(clear, recipient, { only: "js" })));
  const opened: Bytes[] = [];
  for await (const piece of unsealParts(new Blob([file]), identity)) opened.push(piece);
  assert.equal(await sha256Hex(concat(...opened)), await sha256Hex(clear));
  for (const position of [30, PREFIX_LENGTH - 1, PREFIX_LENGTH + 5, PART_LENGTH + PREFIX_LENGTH + 9, file.length - 1]) {
    const altered = file.slice();
    altered[position] = (altered[position] as number) ^ 1;
    await assert.rejects(async () => {
      for await (const piece of unsealParts(new Blob([altered]), identity)) void piece;
    });
  }
});

test("a truncated file has an impossible size or a wrong last chunk", async () => {
  const { identity, recipient } = await generateKeyPair();
  const file = concat(...(await sealInParts(octets(3 * CHUNK_LENGTH), recipient, { only: "js" })));
  const whole = file.slice(0, PREFIX_LENGTH + 2 * (CHUNK_LENGTH + 16));
  await assert.rejects(async () => {
    for await (const piece of unsealParts(new Blob([whole]), identity)) void piece;
  });
  assert.throws(() => clearSize(PREFIX_LENGTH + 15));
  assert.throws(() => clearSize(PREFIX_LENGTH + CHUNK_LENGTH + 16 + 16));
});

test("sizes follow the specification", () => {
  for (const size of SIZES) assert.equal(clearSize(sealedSize(size)), size);
  assert.equal(sealedSize(0), 1659);
  assert.equal(sealedSize(35), 1694);
  assert.equal(chunkCount(10 * 1024 ** 3), 163_840);
  assert.equal(partLength(8 * MIO, 1), 8_392_299);
  assert.equal(partLength(16 * MIO, 2), 8_390_656);
  assert.equal(partCount(8 * MIO + 1), 2);
});

test("a small content seals and opens, and only for its recipient", async () => {
  const [one, other] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const sealed = await seal(octets(35), one.recipient);
  assert.equal(sealed.length, 1694);
  assert.deepEqual(await unseal(sealed, one.identity), octets(35));
  await assert.rejects(unseal(sealed, other.identity));
  await assert.rejects(seal(octets(1), "age1classique"), /hybrid/);
});

test("an identity is its seed", async () => {
  const pair = await keyPairFromSeed(octets(32, 5));
  assert.deepEqual(seedFromIdentity(pair.identity), octets(32, 5));
  assert.equal(identityFromSeed(pair.seed), pair.identity);
  assert.equal(pair.recipient.length, 1959);
  assert.ok(isHybridRecipient(pair.recipient));
  assert.equal(pair.fingerprint, await fingerprint(pair.recipient));
  assert.match(pair.fingerprint, /^[0-9a-f]{32}$/);
  assert.throws(() => seedFromIdentity(pair.identity.toLowerCase()));
});

test("the streaming hash is SHA-256", async () => {
  const data = octets(5 * MIO);
  const hasher = await createStreamingHash();
  for (let i = 0; i < data.length; i += 77_777) hasher.update(data.subarray(i, i + 77_777));
  assert.equal(hasher.digestHex(), await sha256Hex(data));
  assert.equal(await hashBlob(new Blob([data])), await sha256Hex(data));
});
