/** The vectors of SPEC.md: part of the specification, shared with the Python package. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { clearSize, deriveStreamKey, partCount, partLength, sealedSize, unseal } from "../sceau/age";
import { createCipher } from "../sceau/cipher";
import { type Bytes, concat, fromBase64, fromHex, hex, utf8 } from "../sceau/encoding";
import { sha256, sha256Hex } from "../sceau/hash";
import { keyPairFromSeed, seedFromIdentity } from "../sceau/identity";
import { type ExpectedKey, type KeyRecord, type PublishedKey, buildRecord, recordBytes, verifyKeyRecord } from "../sceau/key_record";
import { verifyLocalToken } from "../sceau/local_token";
import { StolenKey, leafData, leafHash, leafLabel, openCheckpoint, parseCheckpoint, parseNote, parseTlogProof, parseVerifierKey, parseVerifierKeys, verifyInclusion, verifyNote } from "../sceau/log";
import { type Json, type Manifest, canonicalize, commitment, manifestBytes } from "../sceau/manifest";
import { matchFile, verifyReceipt } from "../sceau/receipt";
import { normalizeRecoveryCode } from "../sceau/recovery";
import { combine, readShare } from "../sceau/shares";
import { identityFingerprint, possession, publicIdentityOf, sign, signingKeyOf } from "../sceau/signing";
import { normalizePassphrase } from "../sceau/slots";
import { sealChunks } from "../sceau/stream";

declare const RACINE_DU_DEPOT: string;

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(RACINE_DU_DEPOT, "src/sceau/vectors", name), "utf8")) as T;
}

const ruled = (size: number): Bytes => Uint8Array.from({ length: size }, (_, i) => (i * 31) % 256);

test("identities.json", async () => {
  interface Case {
    seed: string;
    identity: string;
    recipient: string;
    fingerprint: string;
    signing_key: string;
    identity_fingerprint: string;
  }
  for (const { seed, identity, recipient, fingerprint, signing_key, identity_fingerprint } of vectors<Case[]>("identities.json")) {
    const pair = await keyPairFromSeed(fromHex(seed));
    assert.deepEqual({ ...pair, seed: hex(pair.seed) }, { seed, identity, recipient, fingerprint });
    assert.equal(hex(seedFromIdentity(identity)), seed);
    assert.equal(hex(await signingKeyOf(identity)), signing_key);
    assert.equal(await identityFingerprint(await publicIdentityOf(identity)), identity_fingerprint);
  }
});

test("typed_secrets.json", () => {
  interface Typed {
    phrases: { typed: string; secret: string }[];
    codes: { typed: string; secret: string | null }[];
  }
  const { phrases, codes } = vectors<Typed>("typed_secrets.json");
  for (const { typed, secret } of phrases) assert.equal(normalizePassphrase(typed), secret);
  for (const { typed, secret } of codes) {
    if (secret === null) assert.throws(() => normalizeRecoveryCode(typed), typed);
    else assert.equal(normalizeRecoveryCode(typed), secret);
  }
});

test("sealed.json", async () => {
  const { seed, sealed, clear_size, clear_sha256 } = vectors<{ seed: string; sealed: string; clear_size: number; clear_sha256: string }>("sealed.json");
  const clear = await unseal(fromHex(sealed), (await keyPairFromSeed(fromHex(seed))).identity);
  assert.equal(clear.length, clear_size);
  assert.equal(await sha256Hex(clear), clear_sha256);
});

test("payloads.json", async () => {
  interface Payloads {
    file_key: string;
    nonce: string;
    payloads: { clear_size: number; sha256: string }[];
    sizes: { clear: number; sealed: number; parts: number; last_part: number }[];
  }
  const { file_key, nonce, payloads, sizes } = vectors<Payloads>("payloads.json");
  const cipher = await createCipher(deriveStreamKey(fromHex(file_key), fromHex(nonce)), { only: "js" });
  for (const { clear_size, sha256 } of payloads) {
    const chunks = Math.max(1, Math.ceil(clear_size / 65_536));
    assert.equal(await sha256Hex(await sealChunks(cipher, ruled(clear_size), 0, chunks)), sha256, `${clear_size}`);
  }
  for (const { clear, sealed, parts, last_part } of sizes) {
    assert.deepEqual([sealedSize(clear), partCount(clear), partLength(clear, parts), clearSize(sealed)], [sealed, parts, last_part, clear]);
  }
});

test("shares.json", async () => {
  interface Shares {
    secret: string;
    fingerprint: string;
    record: string;
    sharings: { purpose: string; threshold: number; shares: string[] }[];
    refused: { why: string; shares: string[] }[];
  }
  const { secret, fingerprint, record, sharings, refused } = vectors<Shares>("shares.json");
  for (const { purpose, threshold, shares } of sharings) {
    for (const share of shares.map(fromHex)) {
      const said = readShare(share);
      assert.deepEqual([said.purpose, said.threshold, said.fingerprint], [purpose, threshold, fingerprint]);
      if (purpose !== "trial") assert.deepEqual(said.record, await sha256(utf8(record)));
    }
    for (const chosen of [shares.slice(0, threshold), shares.slice(-threshold), shares]) {
      assert.equal(hex((await combine(chosen.map(fromHex))).seed), secret);
    }
  }
  for (const { why, shares } of refused) await assert.rejects(combine(shares.map(fromHex)), Error, why);
});

test("manifests.json", async () => {
  interface Manifests {
    canonical: { value: Json; text: string }[];
    manifest: Manifest;
    manifest_text: string;
    commitment: string;
    part_digests: string[];
    root: string;
  }
  const { canonical, manifest, manifest_text, part_digests, root, ...rest } = vectors<Manifests>("manifests.json");
  for (const { value, text } of canonical) assert.equal(canonicalize(value), text);
  assert.equal(Buffer.from(manifestBytes(manifest)).toString("utf8"), manifest_text);
  assert.equal(await commitment(manifest), rest.commitment);
  assert.equal(await sha256Hex(concat(...part_digests.map(fromHex))), root);
});

test("register.json", async () => {
  interface Register {
    vkey: string;
    leaves: string[];
    public: { record: string; token: string; label: string; leaf: string };
    roots: string[];
    checkpoint: string;
    proof: string;
  }
  const { vkey, leaves, roots, checkpoint, proof, public: shown } = vectors<Register>("register.json");
  assert.equal(hex(await leafLabel("2026-0142")), shown.label);
  assert.equal(hex(await leafData(shown.record, fromHex(shown.token))), shown.leaf);
  assert.equal(hex(await leafData("record 4", utf8("token 4"))), leaves[4]);
  const key = await parseVerifierKey(vkey);
  const note = parseNote(checkpoint);
  assert.ok(await verifyNote(note, key));
  assert.deepEqual({ ...parseCheckpoint(note), root: hex(parseCheckpoint(note).root) }, { origin: key.name, size: leaves.length, root: roots[leaves.length] });
  const { index, path: siblings, checkpoint: signed } = parseTlogProof(proof);
  const leaf = await leafHash(fromHex(leaves[index] as string));
  assert.ok(await verifyInclusion(leaf, index, signed.size, siblings, signed.root));
  assert.ok(!(await verifyInclusion(leaf, index + 1, signed.size, siblings, signed.root)));
});

test("register.json : chaque clé signe ses tailles, et aucune autre", async () => {
  interface Handovers {
    handovers: { keys: string[]; checkpoints: { note: string; outcome: string }[] };
  }
  const { keys, checkpoints } = vectors<Handovers>("register.json").handovers;
  const known = await parseVerifierKeys(`${keys.join("\n")}\n`);
  assert.equal(known.length, 3);
  for (const { note, outcome } of checkpoints) {
    const opened = await openCheckpoint(parseNote(note), known).then(
      () => "ok",
      (error: unknown) => (error instanceof StolenKey ? "stolen" : "refused"),
    );
    assert.equal(opened, outcome, note);
  }
  await assert.rejects(parseVerifierKey(`${keys[0]} more`));
});

test("key_records.json", async () => {
  interface Case {
    why: string;
    published: PublishedKey;
    expected: ExpectedKey;
  }
  interface KeyRecords {
    seed: string;
    signing_key: string;
    possession: string;
    record_text: string;
    signature: string;
    vkey: string;
    roots: string;
    accepted: Case[];
    refused: Case[];
  }
  const { seed, signing_key, record_text, signature, vkey, roots, accepted, refused, ...rest } = vectors<KeyRecords>("key_records.json");
  const { identity, fingerprint } = await keyPairFromSeed(fromHex(seed));
  assert.equal(hex(await signingKeyOf(identity)), signing_key);
  assert.equal(hex(await sign(identity, possession(fingerprint))), rest.possession);
  const records = [];
  for (const { published, expected } of accepted) records.push(await verifyKeyRecord(published, expected, { log: vkey, roots }));
  const [record] = records as [Required<KeyRecord>];
  assert.equal(Buffer.from(recordBytes(buildRecord(record))).toString("utf8"), record_text);
  assert.equal(hex(await sign(identity, recordBytes(record))), signature);
  assert.equal(record.signataire, await identityFingerprint(await publicIdentityOf(identity)));
  for (const { why, published: doubtful, expected: wanted } of refused) await assert.rejects(verifyKeyRecord(doubtful, wanted, { log: vkey, roots }), `accepted: ${why}`);
});

test("without roots, the browser still judges the token of a key in itself", async () => {
  const { vkey, accepted, refused } = vectors<{ vkey: string; accepted: { published: PublishedKey; expected: ExpectedKey }[]; refused: { why: string; published: PublishedKey; expected: ExpectedKey }[] }>("key_records.json");
  const found = async (whys: string) => refused.find(({ why }) => why === whys) as (typeof refused)[number];
  const [genuine, elsewhere] = [accepted[0] as (typeof accepted)[number], await found("a token of another authority")];
  await verifyKeyRecord(genuine.published, genuine.expected, { log: vkey });
  await verifyKeyRecord(elsewhere.published, elsewhere.expected, { log: vkey });
  for (const why of ["a token of one byte", "a token altered", "the token of another entry"]) {
    const { published, expected } = await found(why);
    await assert.rejects(verifyKeyRecord(published, expected, { log: vkey }), `accepted: ${why}`);
  }
});

test("a token changed anywhere is refused by the browser", async () => {
  const { roots, accepted } = vectors<{ roots: string; accepted: { published: PublishedKey }[] }>("key_records.json");
  const { ecriture, jeton } = (accepted[0] as (typeof accepted)[number]).published;
  const [token, digest] = [fromBase64(jeton), await sha256(utf8(ecriture))];
  assert.equal((await verifyLocalToken(token, digest, roots)).toISOString(), "2026-11-03T09:30:00.250Z");
  for (let position = 0; position < token.length; position++) {
    const altered = token.slice();
    altered[position] = (altered[position] as number) ^ 1;
    await assert.rejects(verifyLocalToken(altered, digest, roots), `byte ${position}`);
  }
  for (const broken of [token.slice(0, -1), concat(token, Uint8Array.of(0)), new Uint8Array(0), utf8("x")]) await assert.rejects(verifyLocalToken(broken, digest, roots));
  await assert.rejects(verifyLocalToken(token, digest, ""), /trusted root/);
});

/** What the browser finds of a file, in the words of the checks. */
const COMPARED = { clear: "ok", sealed: "ok", unknown: "failed", incomparable: "not_checked" } as const;

test("receipts.json", async () => {
  interface Receipt {
    why: string;
    archive: string;
    keys: string[];
    file: string | null;
    outcomes: Record<string, string>;
    verdict: string;
  }
  for (const { why, archive, keys, file, outcomes, verdict } of vectors<Receipt[]>("receipts.json")) {
    const report = await verifyReceipt(fromBase64(archive), { trustedLogKeys: keys.join("\n") });
    const { file: expected, ...checks } = outcomes;
    const found = Object.fromEntries(report.checks.map(({ name, outcome }) => [name as string, outcome]));
    assert.deepEqual(Object.fromEntries(Object.keys(checks).map((code) => [code, found[code]])), checks, why);
    if (file === null) assert.equal(report.verdict, verdict, why);
    else assert.equal(COMPARED[matchFile("file", await sha256Hex(fromBase64(file)), report).kind], expected, why);
  }
});
