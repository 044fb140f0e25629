/** The Python package and this one must agree byte for byte; skipped where Python or its libraries are absent. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { type PorteurNomme, SEUILS, creerCles } from "../cles/ceremonie";
import { creerIdentite } from "../cles/identite";
import { Refus } from "../cles/page";
import { PartEtrangereError } from "../cles/part";
import { refaireLesParts } from "../cles/repartage";
import { type KeyRecord, type PublishedKey, buildRecord, recordBytes } from "../sceau/key_record";
import { identityFingerprint, publicIdentityOf, sign, signingKeyOf } from "../sceau/signing";
import { completerRecu } from "../depot/recu";
import { openSeal, partCount, seal, unseal } from "../sceau/age";
import { createCipher } from "../sceau/cipher";
import { type Bytes, concat, equal, fromBase64, fromHex, hex, utf8 } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { generateKeyPair, keyPairFromSeed } from "../sceau/identity";
import { type Json, type Manifest, canonicalize } from "../sceau/manifest";
import { verifyReceipt } from "../sceau/receipt";
import { type ShownKey, findHiddenKeys, verifyHead, verifyShownKeys } from "../sceau/published_keys";
import { combine, readShare, split } from "../sceau/shares";
import { clearPart, sealPart } from "../sceau/stream";
import { createPassphraseSlot } from "../sceau/slots";
import { MIO, octets } from "./outils";

declare const RACINE_DU_DEPOT: string;

const VENV = path.join(RACINE_DU_DEPOT, ".venv/bin/python");
const PYTHON = process.env.BEFFROI_PYTHON ?? (existsSync(VENV) ? VENV : "python3");

function python(code: string, input: object): Record<string, string> {
  const program = `import sys, io, json, hashlib\nfrom sceau import Identity, Recipient, seal, unseal, shares, log, timestamp\ninput = json.load(sys.stdin)\nb = bytes.fromhex\n${code}`;
  const env = { ...process.env, PYTHONPATH: path.join(RACINE_DU_DEPOT, "src") };
  const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", program], { input: JSON.stringify(input), env, encoding: "utf8", maxBuffer: 256 * MIO });
  if (status !== 0) throw new Error(stderr || "python did not run");
  return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Record<string, string>);
}

const probe = spawnSync(PYTHON, ["-c", "import sceau"], { env: { ...process.env, PYTHONPATH: path.join(RACINE_DU_DEPOT, "src") }, encoding: "utf8" });
const skip = probe.status === 0 ? false : "the Python package sceau or its libraries are not installed here";

async function sealedInParts(clear: Bytes, recipient: string): Promise<Bytes> {
  const { prefix, streamKey } = await openSeal(recipient);
  const cipher = await createCipher(streamKey, { only: "js" });
  const parts: Bytes[] = [];
  for (let number = 1; number <= partCount(clear.length); number++) {
    parts.push(await sealPart(cipher, prefix, new Uint8Array(await clearPart(new Blob([clear]), number)), number, clear.length));
  }
  return concat(...parts);
}

test("Python opens what the browser sealed in parts", { skip }, async () => {
  const pair = await keyPairFromSeed(octets(32, 3));
  for (const size of [0, 1, 65_536, 65_537, 9 * MIO]) {
    const clear = octets(size, size + 2);
    const sealed = await sealedInParts(clear, pair.recipient);
    const { sha256 } = python("out = io.BytesIO(); unseal(io.BytesIO(b(input['sealed'])), out, [Identity.from_seed(b(input['seed']))])\nprint(json.dumps({'sha256': hashlib.sha256(out.getvalue()).hexdigest()}))", { sealed: hex(sealed), seed: hex(pair.seed) });
    assert.equal(sha256, await sha256Hex(clear));
  }
});

test("the browser opens what Python sealed", { skip }, async () => {
  const pair = await keyPairFromSeed(octets(32, 3));
  for (const size of [0, 65_536, 200_000]) {
    const { sealed } = python("out = io.BytesIO(); seal(io.BytesIO(b(input['clear'])), out, to=Recipient.parse(input['to']))\nprint(json.dumps({'sealed': out.getvalue().hex()}))", { clear: hex(octets(size)), to: pair.recipient });
    assert.ok(equal(await unseal(fromHex(sealed as string), pair.identity), octets(size)));
  }
});

test("both sides derive the same recipient, identity and fingerprint from a seed", { skip }, async () => {
  const pair = await keyPairFromSeed(octets(32, 8));
  const other = python("i = Identity.from_seed(b(input['seed']))\nprint(json.dumps({'identity': i.encode(), 'recipient': i.recipient.encode(), 'fingerprint': i.recipient.fingerprint}))", { seed: hex(pair.seed) });
  assert.deepEqual(other, { identity: pair.identity, recipient: pair.recipient, fingerprint: pair.fingerprint });
});

test("shares split on one side combine on the other", { skip }, async () => {
  const key = await keyPairFromSeed(octets(32, 6));
  const program = `from sceau.shares import Purpose
key = shares.combine([b(s) for s in input['shares']])
theirs = shares.split(key, shares=input['n'], threshold=input['t'], purpose=Purpose[input['purpose'].upper()], record=input['record'].encode())
print(json.dumps({'secret': key.seed.hex(), 'head': shares.read(b(input['shares'][0])).head().hex(), **{str(i): s.hex() for i, s in enumerate(theirs)}}))`;
  for (const [purpose, n, t, record] of [["member", 2, 1, "{}"], ["custodian", 3, 2, "{}"], ["trial", 5, 3, ""]] as const) {
    const ours = (await split(key, { shares: n, threshold: t, purpose, record: utf8(record) })).slice(-t);
    const both = python(program, { shares: ours.map(hex), n, t, purpose, record });
    assert.deepEqual([both.secret, both.head], [hex(key.seed), hex(readShare(ours[0] as Bytes).head)]);
    const theirs = Array.from({ length: t }, (_, i) => fromHex(both[String(i)] as string));
    assert.deepEqual(readShare(theirs[0] as Bytes).head, readShare(ours[0] as Bytes).head);
    assert.deepEqual(await combine(theirs), key);
  }
});

/** Ce qu'un service publierait d'une clé, avec un registre à lui. */
function publierLaCle(cle: KeyRecord, signature: string, cleDeSignature: string): { publiee: PublishedKey; journal: string } {
  const program = `from sceau.vectors import key_records
by = key_records.Platform(log.Signer(key_records.NAME, bytes(32)), timestamp.Authority.create(key_records.MADE_ON, 'Centre de gestion'))
publiee = key_records.published(by, {'cle': input['cle'], 'signature': input['signature'], 'cle_de_signature': input['cle_de_signature']})
print(json.dumps({'publiee': publiee, 'journal': by.signer.vkey}))`;
  return python(program, { cle, signature, cle_de_signature: cleDeSignature }) as unknown as { publiee: PublishedKey; journal: string };
}

test("un repartage garde le seuil signé à la création, quoi que le service publie depuis", { skip }, async () => {
  const [signataire, ...table] = await Promise.all([creerIdentite(), ...Array.from({ length: 6 }, generateKeyPair)]);
  const porteurs: PorteurNomme[] = await Promise.all(table.map(async ({ identity, recipient, fingerprint }, i) => ({ reference: `P-${i}`, destinataire: recipient, empreinte: fingerprint, cle_de_signature: hex(await signingKeyOf(identity)) })));
  const nommes = table.slice(3).map(async ({ identity }) => identityFingerprint(await publicIdentityOf(identity)));
  const [membres, gardiens] = [porteurs.slice(0, 3), porteurs.slice(3)];
  const cadre = { consultation: "2026-0142", dateLimite: null, signataire, enveloppes: ["offre"], politique: "double" as const };
  const [cree] = await creerCles({ ...cadre, membres, gardiens });
  assert.ok(cree);
  const record = buildRecord({ consultation: "2026-0142", enveloppe: "offre", destinataire: cree.destinataire, empreinte: cree.empreinte, politique: "double", seuil: 2, date_limite: null, gardiens: await Promise.all(nommes), signataire: await identityFingerprint(await publicIdentityOf(signataire.identite)), scellement_du_signataire: signataire.empreinte });
  const cle = { identite: table[0]?.identity ?? "", destinataire: table[0]?.recipient ?? "", empreinte: table[0]?.fingerprint ?? "" };
  const relais = await seal(await unseal(cree.partsDesMembres[1]?.contenu as Bytes, table[1]?.identity ?? ""), cle.destinataire);
  const aRefaire = { consultation: "2026-0142", enveloppe: "offre", destinataire: cree.destinataire, empreinte: cree.empreinte, part: cree.partsDesMembres[0]?.contenu as Bytes, relais };
  const sincere = publierLaCle(record, hex(fromBase64(cree.signature)), hex(await signingKeyOf(signataire.identite)));
  const refaites = await refaireLesParts(cle, { ...aRefaire, ...sincere }, { membres, gardiens: [] });
  assert.equal(readShare(await unseal(refaites.membres[0]?.contenu as Bytes, cle.identite)).threshold, SEUILS.double);

  // Un service qui tient aussi le registre y met un enregistrement « Standard », signé par une clé à lui.
  const complice = await creerIdentite();
  const publierStandard = async (qui: Partial<KeyRecord>) => {
    const standard = { ...record, politique: "standard", seuil: 1, ...qui };
    return publierLaCle(standard, hex(await sign(complice.identite, recordBytes(standard))), hex(await signingKeyOf(complice.identite)));
  };
  const sousNotreNom = await publierStandard({});
  await assert.rejects(refaireLesParts(cle, { ...aRefaire, ...sousNotreNom }, { membres, gardiens: [] }), /n'est pas celle que votre organisme a signée/);
  const sousLeSien = await publierStandard({ signataire: await identityFingerprint(await publicIdentityOf(complice.identite)), scellement_du_signataire: complice.empreinte });
  await assert.rejects(refaireLesParts(cle, { ...aRefaire, ...sousLeSien }, { membres, gardiens: [] }), PartEtrangereError);
  await assert.rejects(refaireLesParts(cle, { ...aRefaire, ...sincere, consultation: "2026-0007" }, { membres, gardiens: [] }), Refus);
});

const MAKE_LOG = `from sceau.vectors import key_records
by = key_records.Platform(log.Signer(key_records.NAME, bytes(32)), timestamp.Authority.create(key_records.MADE_ON, 'Centre de gestion'))
nodes, leaves, shown = {}, [], []
read = lambda level, index: nodes[level, index]
def append(leaf):
    for level, index, value in log.append_nodes(len(leaves), log.leaf_hash(leaf), read): nodes[level, index] = value
    leaves.append(leaf)
def head(size): return log.sign_note(log.Checkpoint(key_records.NAME, size, log.root(size, read)).body(), by.signer)
def publish(hand):
    made = key_records.genuine(by, hand)
    text = made.entry()
    token = made.stamped(text)
    append(log.leaf_data(text.encode(), token))
    size = len(leaves)
    proof = log.Proof(size - 1, tuple(log.inclusion(size - 1, size, read)), head(size)).encode()
    import base64
    shown.append({'ecriture': text, 'jeton': base64.b64encode(token).decode(), 'preuve': proof})
def grow(size):
    while len(leaves) < size: append(hashlib.sha512(str(len(leaves)).encode()).digest())
grow(700); publish(Identity.from_seed(bytes(32)))
grow(1000); publish(Identity.from_seed(b'\\1' * 32))
grow(input['size'])
tiles = {log.tile_path(*at): log.tile(*at, read).hex() for at in log.tiles(len(leaves))}
for first in range(0, len(leaves), 256):
    some = leaves[first:first + 256]
    tiles[log.entries_path(first // 256, len(some))] = log.entries(some).hex()
print(json.dumps({'tiles': tiles, 'head': head(len(leaves)), 'shown': shown, 'log': by.signer.vkey, 'roots': by.authority.root_pem.decode()}))`;

interface MadeLog {
  tiles: Record<string, string>;
  head: string;
  shown: PublishedKey[];
  log: string;
  roots: string;
}

test("the browser finds in the register a key that the platform does not show", { skip }, async () => {
  const consultation = "2026-0142";
  for (const size of [1001, 1280, 1300]) {
    const { tiles, head, shown, log, roots } = python(MAKE_LOG, { size }) as unknown as MadeLog;
    const serve = (change: (path: string, content: string) => string = (_, content) => content) => async (path: string) => fromHex(change(path, tiles[path] as string));
    const [both, checkpoint] = [await verifyShownKeys(consultation, shown, { log, roots }), await verifyHead(head, log)];
    const [genuine, second] = both as [ShownKey, ShownKey];
    assert.deepEqual(both.map(({ index }) => index), [700, 1000]);
    assert.deepEqual(await findHiddenKeys(consultation, both, checkpoint, serve()), []);
    assert.deepEqual(await findHiddenKeys(consultation, [genuine], checkpoint, serve()), [1000]);
    assert.deepEqual(await findHiddenKeys("2026-0143", [genuine], checkpoint, serve()), []);
    assert.deepEqual(await findHiddenKeys(consultation, [genuine], { ...checkpoint, size: 700 }, serve()), []);
    const masked = serve((path, content) => (path.includes("entries") ? content.replace(hex(second.leaf), "00".repeat(64)) : content));
    await assert.rejects(findHiddenKeys(consultation, [genuine], checkpoint, masked), /not under its root/);
    const short = serve((path, content) => (path.includes("entries") ? content.slice(0, -4) : content));
    await assert.rejects(findHiddenKeys(consultation, [genuine], checkpoint, short), /truncated/);
    const empty = serve((path, content) => (path.includes("entries") ? content : ""));
    await assert.rejects(findHiddenKeys(consultation, [genuine], checkpoint, empty), /wrong length/);
    await assert.rejects(verifyHead(head.replace("beffroi.example", "autre.example"), log), /did not sign/);
    await assert.rejects(verifyShownKeys("2026-0143", shown, { log, roots }), /another/);
  }
});

test("Python opens a passphrase slot made by the browser", { skip }, async () => {
  const { identity } = await keyPairFromSeed(octets(32, 2));
  const slot = await createPassphraseSlot(identity, "une phrase de clé", 12);
  const { content } = python("out = io.BytesIO(); unseal(io.BytesIO(b(input['slot'])), out, [Identity.from_passphrase('une phrase de clé')])\nprint(json.dumps({'content': out.getvalue().decode()}))", { slot: hex(slot) });
  assert.equal(content, identity);
});

test("both sides refuse the same broken seals", { skip }, async () => {
  const pair = await keyPairFromSeed(octets(32, 3));
  const sealed = await seal(octets(100), pair.recipient);
  for (const position of [5, 40, 1600, 1640, sealed.length - 1]) {
    const altered = sealed.slice();
    altered[position] = (altered[position] as number) ^ 4;
    await assert.rejects(unseal(altered, pair.identity));
    const { refused } = python("from sceau import SealError\ntry:\n  unseal(io.BytesIO(b(input['sealed'])), io.BytesIO(), [Identity.from_seed(b(input['seed']))])\n  r = 'no'\nexcept SealError: r = 'yes'\nprint(json.dumps({'refused': r}))", { sealed: hex(altered), seed: hex(pair.seed) });
    assert.equal(refused, "yes");
  }
});

const MAKE_RECEIPT = `
from datetime import UTC, datetime
from sceau import receipt
now = datetime(2026, 11, 24, 16, 0, 0, 123456, tzinfo=UTC)
authority = timestamp.Authority.create(now, "Centre de gestion")
signer = log.Signer("beffroi.example/journal", bytes(range(32)))
manifest = input["manifest"]
record = {"format": "beffroi.depot/1", "nonce": "0" * 32, "recepisse": "D-2026-00931", "recu_le": "2026-11-24T16:00:00.123456Z",
  "date_limite": "2026-11-24T17:00:00.000000Z", "hors_delai": False, "enveloppes": [{"enveloppe": "offre", "lot": None,
  "engagement": receipt.commitment(manifest), "fichiers": [{"nom": "prix.ods", "taille": 1700, "racine": "ab" * 32, "sha256": "cc"}],
  "manifeste": {"nom": "manifeste.age", "taille": 1900, "racine": "cd" * 32, "sha256": "dd"}}]}
data = receipt.canonical(record)
token = authority.issue(hashlib.sha256(data).digest(), now)
nodes, size = {}, 0
read = lambda level, index: nodes[level, index]
for value in [b"a" * 64, log.leaf_data(data, token), b"b" * 64]:
    for level, index, node in log.append_nodes(size, log.leaf_hash(value), read): nodes[level, index] = node
    size += 1
note = log.sign_note(log.Checkpoint(signer.name, size, log.root(size, read)).body(), signer)
proof = log.Proof(1, tuple(log.inclusion(1, size, read)), note).encode()
archive = receipt.build(record, token, None, proof, {"cles/journal.vkey": signer.vkey.encode(), "cles/horodatage.pem": authority.root_pem})
print(json.dumps({"archive": archive.hex(), "vkey": signer.vkey}))
`;

const manifest: Manifest = {
  format: "beffroi.manifeste/1", sel: "00".repeat(32), enveloppe: "offre", lot: null, consultation: "2026-0142",
  fichiers: [{ nom: "prix « été ».ods", taille: 3, sha256: "ee", sha256_scelle: "cc", racine: "ab".repeat(32) }],
};

test("the browser verifies a receipt made by Python, and Python the copy that the browser completed", { skip }, async () => {
  const { archive, vkey } = python(MAKE_RECEIPT, { manifest });
  const zip = completerRecu(fromHex(archive as string), [manifest]);
  const report = await verifyReceipt(zip, { trustedLogKeys: vkey as string });
  assert.deepEqual(report.checks.filter(({ outcome }) => outcome === "failed"), []);
  assert.equal(report.verdict, "intact");
  const { failed, verdict } = python("from sceau import receipt\nchecks = receipt.verify(io.BytesIO(b(input['zip'])), log_keys=[log.Verifier(input['vkey'])])\nprint(json.dumps({'failed': [c.code for c in checks if not c.ok], 'verdict': receipt.verdict(checks).name}))", { zip: hex(zip), vkey });
  assert.deepEqual(failed, []);
  assert.equal(verdict, "INTACT");
});

test("canonical JSON is the same on both sides", { skip }, async () => {
  const value: Json = { "é": [1, -2, 9007199254740991, 0], "\ud83d\ude00": "a\u2028\u0007\"\\", b: null, a: { z: true, A: false } };
  const { text } = python("from sceau import receipt\nprint(json.dumps({'text': receipt.canonical(input['value']).decode()}))", { value });
  assert.equal(text, canonicalize(value));
});
