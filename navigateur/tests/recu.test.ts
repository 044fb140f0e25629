import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { completerRecu } from "../depot/recu";
import { type Bytes, base64, concat, hex, utf8, utf8Decode } from "../sceau/encoding";
import { sha256, sha256Hex } from "../sceau/hash";
import { formatVerifierKey, leafHash, parseNote, parseTlogProof, verifyInclusion } from "../sceau/log";
import { type Json, type Manifest, buildManifest, canonicalize, commitment, isCanonical } from "../sceau/manifest";
import { type ReceiptReport, matchFile, verifyReceipt } from "../sceau/receipt";
import { parseTimestamp } from "../sceau/timestamp";
import { MAX_ENTRIES, MAX_SIZE, appendToZip, crc32, readZip } from "../sceau/zip";
import { octets } from "./outils";

const EMPTY_ZIP = concat(Uint8Array.of(0x50, 0x4b, 5, 6), new Uint8Array(18));
const ORIGIN = "journal.exemple.test/registre";

/** DER of a tag and its contents. */
function der(tag: number, ...contents: Uint8Array[]): Bytes {
  const body = concat(...contents);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return concat(Uint8Array.of(tag, ...length), body);
}

const SIGNED_DATA = der(6, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2));
const TST_INFO = der(6, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 1, 4));
const SHA256 = der(0x30, der(6, Uint8Array.of(0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1)), der(5));
const POLICY = der(6, Uint8Array.of(0x2a, 3));

function token(digest: Bytes, time = "20261124160000.123Z"): Bytes {
  const info = der(0x30, der(2, Uint8Array.of(1)), POLICY, der(0x30, SHA256, der(4, digest)), der(2, Uint8Array.of(7)), der(0x18, utf8(time)));
  const content = der(0x30, TST_INFO, der(0xa0, der(4, info)));
  return der(0x30, SIGNED_DATA, der(0xa0, der(0x30, der(2, Uint8Array.of(3)), der(0x31), content)));
}

const response = (tst: Bytes) => der(0x30, der(0x30, der(2, Uint8Array.of(0))), tst);

async function signedCheckpoint(size: number, root: Bytes): Promise<{ note: string; vkey: string }> {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const vkey = await formatVerifierKey(ORIGIN, new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
  const text = `${ORIGIN}\n${size}\n${base64(root)}\n`;
  const keyId = Uint8Array.from((vkey.split("+")[1] as string).match(/../g) as string[], (byte) => parseInt(byte, 16));
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, utf8(text)));
  return { note: `${text}\n\u2014 ${ORIGIN} ${base64(concat(keyId, signature))}\n`, vkey };
}

interface Material {
  record: Record<string, Json>;
  manifest: Manifest;
  time: string;
}

function material(): Material {
  const file = { nom: "prix.ods", taille: 10, sha256: "aa", sha256_scelle: "bb", racine: "cc" };
  return { manifest: buildManifest({ enveloppe: "offre", lot: null, consultation: "2026-0142", fichiers: [file] }), record: {}, time: "20261124160000.123Z" };
}

async function receipt(change: (m: Material) => void = () => undefined): Promise<{ zip: Bytes; vkey: string; manifest: Manifest }> {
  const m = material();
  m.record = {
    format: "beffroi.depot/1", recepisse: "D-2026-00931", recu_le: "2026-11-24T16:00:00.123456Z", date_limite: "2026-11-24T16:00:00.123456Z", hors_delai: false,
    lots: [], enveloppes: [{ enveloppe: "offre", lot: null, empreinte: "00", engagement: await commitment(m.manifest), fichiers: [{ nom: "prix.ods", taille: 1669, racine: "cc", sha256: "bb" }], manifeste: { nom: "manifeste.age", taille: 1, racine: "dd", sha256: "ee" } }],
  };
  change(m);
  const json = utf8(canonicalize(m.record));
  const tst = token(await sha256(json), m.time);
  const other = await leafHash(octets(64));
  const leaf = await leafHash(concat(await sha256(json), await sha256(tst)));
  const { note, vkey } = await signedCheckpoint(2, await sha256(concat(Uint8Array.of(1), other, leaf)));
  const proof = `c2sp.org/tlog-proof@v1\nindex 1\n${base64(other)}\n\n${note}`;
  const files: [string, Bytes][] = [["depot.json", json], ["depot.tsr", response(tst)], ["depot.tlog-proof", utf8(proof)], ["cles/journal.vkey", utf8(`${vkey}\n`)]];
  return { zip: files.reduce((zip, [name, content]) => appendToZip(zip, name, content), EMPTY_ZIP), vkey, manifest: m.manifest };
}

function failed({ checks }: ReceiptReport): string[] {
  return checks.filter(({ outcome }) => outcome === "failed").map(({ name }) => name);
}

/** Rebuild an archive with one file changed. */
async function replaced(zip: Bytes, name: string, change: (content: Bytes) => Bytes): Promise<Bytes> {
  let result = EMPTY_ZIP;
  for (const [file, content] of await readZip(zip)) result = appendToZip(result, file, file === name ? change(content) : content);
  return result;
}

test("a receipt verifies offline, and says what it did not check", async () => {
  const { zip, vkey } = await receipt();
  const report = await verifyReceipt(zip, { trustedLogKeys: vkey });
  assert.deepEqual(failed(report), []);
  assert.equal(report.verdict, "intact");
  assert.equal(report.logIndex, 1);
  assert.equal(report.timestamp?.toISOString(), "2026-11-24T16:00:00.123Z");
  const outcomes = Object.fromEntries(report.checks.map(({ name, outcome }) => [name, outcome]));
  assert.equal(outcomes.authority_root, "not_checked");
  assert.equal(outcomes.qualified_timestamp, "absent");
  const alone = await verifyReceipt(zip);
  assert.equal(alone.verdict, "not_established");
  assert.ok(alone.checks.some(({ name, outcome }) => name === "key_from_archive" && outcome === "not_checked"));
});

test("a receipt signed by another register is refused", async () => {
  const [{ zip }, { vkey }] = await Promise.all([receipt(), receipt()]);
  assert.deepEqual(failed(await verifyReceipt(zip, { trustedLogKeys: vkey })), ["log_key", "checkpoint"]);
});

const TAMPERED: [string, string, (content: Bytes) => Bytes, string[]][] = [
  ["the record", "depot.json", (c) => utf8(utf8Decode(c).replace("D-2026-00931", "D-2026-00932")), ["timestamp", "received_at", "inclusion"]],
  ["its canonical form", "depot.json", (c) => utf8(utf8Decode(c).replace("{", "{ ")), ["canonical", "timestamp", "received_at", "inclusion"]],
  ["the token", "depot.tsr", (c) => Uint8Array.from(c, (byte, i) => (i === c.length - 1 ? 0x59 : byte)), ["timestamp", "received_at", "inclusion"]],
  ["the path of the proof", "depot.tlog-proof", (c) => utf8(utf8Decode(c).replace("index 1", "index 0")), ["inclusion"]],
  ["the size in the checkpoint", "depot.tlog-proof", (c) => utf8(utf8Decode(c).replace(`${ORIGIN}\n2\n`, `${ORIGIN}\n3\n`)), ["checkpoint", "inclusion"]],
];

for (const [what, name, change, expected] of TAMPERED) {
  test(`changing ${what} is found`, async () => {
    const { zip, vkey } = await receipt();
    const report = await verifyReceipt(await replaced(zip, name, change), { trustedLogKeys: vkey });
    assert.deepEqual(failed(report), expected);
    assert.equal(report.verdict, "false");
  });
}

test("a record that lies on its deadline or on its time is found, to the microsecond", async () => {
  const late = await receipt(({ record }) => void (record.recu_le = "2026-11-24T16:00:00.123457Z"));
  const early = await receipt((m) => void (m.time = "20261124155957Z"));
  assert.deepEqual(failed(await verifyReceipt(late.zip)), ["deadline"]);
  assert.deepEqual(failed(await verifyReceipt(early.zip)), ["received_at"]);
});

test("a token on the other side of the deadline establishes nothing, and both times are said", async () => {
  const backdated = await receipt((m) => void (m.time = "20261124160449Z"));
  const report = await verifyReceipt(backdated.zip, { trustedLogKeys: backdated.vkey });
  assert.deepEqual(failed(report), []);
  assert.equal(report.verdict, "not_established");
  const { outcome, detail } = report.checks.find(({ name }) => name === "deadline") ?? {};
  assert.equal(outcome, "not_checked");
  assert.match(detail ?? "", /2026-11-24T16:00:00.123456Z.*2026-11-24T16:04:49.000Z/);
});

test("the depositor's copy carries its manifests and recognises its files by content", async () => {
  const { zip, manifest } = await receipt();
  const report = await verifyReceipt(completerRecu(zip, [manifest]));
  assert.deepEqual(failed(report), []);
  assert.deepEqual(matchFile("renommé.ods", "aa", report), { name: "renommé.ods", kind: "clear", expected: "prix.ods" });
  assert.equal(matchFile("x.age", "bb", report).kind, "sealed");
  assert.equal(matchFile("autre", "ff", report).kind, "unknown");
  assert.equal(matchFile("prix.ods", "aa", await verifyReceipt(zip)).kind, "incomparable");
  const other = { ...manifest, sel: "00".repeat(32) };
  assert.deepEqual(failed(await verifyReceipt(completerRecu(zip, [other]))), ["manifest"]);
});

test("damaged, truncated, encrypted or foreign archives end in a verdict, not in an exception", async () => {
  const { zip } = await receipt();
  const flipped = zip.slice();
  flipped[60] = (flipped[60] as number) ^ 1;
  for (const archive of [new Uint8Array(0), octets(5000), zip.slice(0, 500), flipped]) {
    assert.equal((await verifyReceipt(archive)).verdict, "unreadable");
  }
});

test("deflated entries are read, and their announced size and checksum are enforced", async () => {
  const content = utf8("bonjour ".repeat(1000));
  const stored = appendToZip(EMPTY_ZIP, "a.txt", content);
  const packed = new Uint8Array(deflateRawSync(content));
  const header = stored.slice(0, 35);
  const central = stored.slice(35 + content.length, 35 + content.length + 51);
  for (const [bytes, at] of [[header, 8], [central, 10]] as [Bytes, number][]) {
    const view = new DataView(bytes.buffer);
    view.setUint16(at, 8, true);
    view.setUint32(at + 10, packed.length, true);
  }
  const end = stored.slice(-22);
  new DataView(end.buffer).setUint32(16, 35 + packed.length, true);
  const zip = concat(header, packed, central, end);
  assert.equal(utf8Decode((await readZip(zip)).get("a.txt") as Bytes), utf8Decode(content));
  new DataView(zip.buffer).setUint32(35 + packed.length + 24, 10, true);
  await assert.rejects(readZip(zip), /announced/);
});

test("thirty files at most, sixty-four mebibytes in all, no odd name: the bounds of the specification", async () => {
  const archive = (count: number) => Array.from({ length: count }).reduce<Bytes>((zip, _, i) => appendToZip(zip, `f${i}.txt`, utf8(String(i))), EMPTY_ZIP);
  assert.equal(MAX_ENTRIES, 30);
  assert.equal((await readZip(archive(MAX_ENTRIES))).size, MAX_ENTRIES);
  await assert.rejects(readZip(archive(MAX_ENTRIES + 1)), /too many/);
  for (const name of ["dossier/", "../a.txt", "a/b/c.txt", "é.txt", ".cache", "x".repeat(101)]) {
    await assert.rejects(readZip(appendToZip(EMPTY_ZIP, name, utf8("x"))), /odd name/, name);
  }
  const two = archive(2);
  const view = new DataView(two.buffer);
  const directory = view.getUint32(two.length - 6, true);
  for (const entry of [directory, directory + 52]) view.setUint32(entry + 24, MAX_SIZE / 2 + 1, true);
  await assert.rejects(readZip(two), /too large/);
});

test("inclusion proofs hold for every leaf of every tree up to 20 leaves, and for no other root", async () => {
  const leaves = await Promise.all(Array.from({ length: 20 }, (_, i) => leafHash(octets(8, i + 1))));
  const node = async (left: Bytes, right: Bytes) => sha256(concat(Uint8Array.of(1), left, right));
  const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1));
  const root = async (part: Bytes[]): Promise<Bytes> => part.length === 1 ? (part[0] as Bytes) : node(await root(part.slice(0, split(part.length))), await root(part.slice(split(part.length))));
  const path = async (i: number, part: Bytes[]): Promise<Bytes[]> => {
    if (part.length === 1) return [];
    const k = split(part.length);
    return i < k ? [...(await path(i, part.slice(0, k))), await root(part.slice(k))] : [...(await path(i - k, part.slice(k))), await root(part.slice(0, k))];
  };
  for (let n = 1; n <= 20; n++) {
    const tree = leaves.slice(0, n);
    const top = await root(tree);
    for (let i = 0; i < n; i++) {
      const proof = await path(i, tree);
      assert.ok(await verifyInclusion(tree[i] as Bytes, i, n, proof, top));
      assert.ok(!(await verifyInclusion(tree[i] as Bytes, i, n + 1, proof, await sha256(top))));
      assert.ok(!(await verifyInclusion(tree[i] as Bytes, i, n, [...proof, top], top)));
    }
  }
});

test("notes and proofs that are not written as the specification says are refused", () => {
  for (const text of ["", "a\n", "a\n\nb\n", "a\n\n\u2014 nom !!\n"]) assert.throws(() => parseNote(text));
  for (const text of ["", "autre@v1\nindex 0\n\n", "c2sp.org/tlog-proof@v1\nindex -1\n\n"]) assert.throws(() => parseTlogProof(text));
});

test("a bare token is read like the response around it", () => {
  const digest = octets(32);
  assert.deepEqual(parseTimestamp(token(digest)), parseTimestamp(response(token(digest))));
  assert.equal(hex(parseTimestamp(token(digest)).imprint), hex(digest));
  assert.throws(() => parseTimestamp(octets(50)));
});

test("canonical JSON follows RFC 8785", async () => {
  const value = { "\u20ac": 1, "\r": 2, "1": 3, "\ud83d\ude00": 4, "\u00f6": 5, nombres: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0] };
  assert.equal(canonicalize(value), '{"\\r":2,"1":3,"nombres":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"\u00f6":5,"\u20ac":1,"\ud83d\ude00":4}');
  assert.throws(() => canonicalize("\ud800"));
  assert.ok(isCanonical(utf8('{"a":1}')) && !isCanonical(utf8('{"a": 1}')) && !isCanonical(Uint8Array.of(0xff)));
  assert.equal(crc32(utf8("123456789")), 0xcbf43926);
  assert.equal(await sha256Hex(utf8("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
