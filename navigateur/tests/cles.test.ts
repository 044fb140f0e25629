import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { MEMBRES_MINIMUM, type Porteur, type PorteurNomme, creerCles } from "../cles/ceremonie";
import { codeBienForme, codeRecopie, creerIdentite, fermerParPhrase, fermerParSecours, ouvrirCanari, ouvrirIdentite } from "../cles/identite";
import { PartEtrangereError, POUR_OUVRIR } from "../cles/part";
import { codeDeLaPresidence, codeDuMembre, contribuer, engager } from "../ouverture/code_court";
import { EmpreinteDifferenteError, creerCleEphemere, reconstituer, remettreAuCoffre, rescellerPart } from "../ouverture/reconstitution";
import { seal, unseal } from "../sceau/age";
import { verifyEd25519 } from "../sceau/ed25519";
import { type Bytes, concat, fromBase64, hex, utf8, utf8Decode } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";
import { type KeyPair, fingerprint, generateKeyPair, keyPairFromSeed } from "../sceau/identity";
import { buildRecord, recordBytes } from "../sceau/key_record";
import { generateRecoveryCode, normalizeRecoveryCode } from "../sceau/recovery";
import { type Purpose, combine, readShare, split } from "../sceau/shares";
import { identityFingerprint, publicIdentityOf, signingKeyOf } from "../sceau/signing";
import { createPassphraseSlot, openPassphraseSlot } from "../sceau/slots";
import { CleDouteuse, exigerDesClesSignees } from "../pages/lib/cles_verifiees";
import type { ExpectedKey, PublishedKey } from "../sceau/key_record";
import { octets } from "./outils";

declare const RACINE_DU_DEPOT: string;

interface Vecteurs {
  accepted: { published: PublishedKey; expected: ExpectedKey }[];
  refused: { why: string; published: PublishedKey }[];
  vkey: string;
  roots: string;
}

const LOG_N_DE_TEST = 10;
const CADRE = { consultation: "2026-0142", dateLimite: "2026-12-15T11:00:00.000000Z" };

async function personnes(nombre: number): Promise<{ cle: KeyPair; porteur: PorteurNomme }[]> {
  const cles = await Promise.all(Array.from({ length: nombre }, () => generateKeyPair()));
  return Promise.all(cles.map(async (cle, i) => ({ cle, porteur: { reference: `P-${i}`, destinataire: cle.recipient, empreinte: cle.fingerprint, cle_de_signature: hex(await signingKeyOf(cle.identity)) } })));
}

const ENREGISTRE = utf8('{"format":"beffroi.cle/1"}');

function partage(cle: KeyPair, shares: number, threshold: number, purpose: Purpose = "member"): Promise<Bytes[]> {
  return split(cle, { shares, threshold, purpose, record: purpose === "trial" ? new Uint8Array() : ENREGISTRE });
}

test("tout sous-ensemble de parts au seuil redonne la clé, un de moins non", async () => {
  const cle = await keyPairFromSeed(octets(32, 9));
  const parts = await partage(cle, 5, 3);
  for (const choix of [[0, 1, 2], [2, 3, 4], [4, 0, 2], [0, 1, 2, 3, 4]]) {
    assert.deepEqual(await combine(choix.map((i) => parts[i] as Bytes)), cle);
  }
  await assert.rejects(combine(parts.slice(0, 2)), /3 shares are needed/);
  await assert.rejects(combine([parts[0] as Bytes, parts[0] as Bytes, parts[1] as Bytes]), /3 shares are needed/);
});

test("au seuil de un, chaque part porte la graine lue en zéro", async () => {
  const cle = await keyPairFromSeed(octets(32));
  const parts = await partage(cle, 3, 1);
  assert.equal(hex((parts[2] as Bytes).subarray(51)), `${hex(octets(32))}00`);
  assert.deepEqual(await combine([parts[1] as Bytes]), cle);
});

test("une part dit de quelle clé elle est, pour quoi, et combien il en faut", async () => {
  const cle = await generateKeyPair();
  const dit = readShare((await partage(cle, 3, 2, "custodian"))[0] as Bytes);
  assert.deepEqual([dit.purpose, dit.threshold, dit.fingerprint], ["custodian", 2, cle.fingerprint]);
  assert.deepEqual(dit.record, await sha256(ENREGISTRE));
});

test("des parts qui ne vont pas ensemble sont refusées", async () => {
  const [cle, autre] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const [a, b] = await Promise.all([partage(cle, 3, 2), partage(cle, 3, 2)]);
  const etrangeres = await Promise.all([partage(cle, 3, 3), partage(autre, 3, 2), partage(cle, 3, 2, "custodian"), partage(cle, 3, 2, "trial")]);
  const aZero = concat((a[0] as Bytes).slice(0, -1), Uint8Array.of(0));
  const sousUnAutreNom = concat((await partage(autre, 2, 1))[0]?.subarray(0, 51) as Bytes, (await partage(cle, 2, 1))[0]?.subarray(51) as Bytes);
  await assert.rejects(combine([a[0] as Bytes, a[1] as Bytes, b[2] as Bytes]), /same (?:sharing|coordinate)/);
  for (const etrangere of etrangeres) await assert.rejects(combine([a[0] as Bytes, etrangere[1] as Bytes]), /same sharing/);
  await assert.rejects(combine([aZero, a[1] as Bytes]), /impossible coordinate/);
  await assert.rejects(combine([sousUnAutreNom]), /the key that they name/);
  await assert.rejects(combine([Uint8Array.of(2, 2, 1, 1)]), /unknown format/);
  await assert.rejects(combine([]), /no share/);
});

test("une fente par phrase ouvre, aux accents près du clavier, et pas avec une autre phrase", async () => {
  const { identity } = await generateKeyPair();
  const fente = await createPassphraseSlot(identity, "été à la mairie".normalize("NFD"), LOG_N_DE_TEST);
  assert.equal(await openPassphraseSlot(fente, " été à la mairie ".normalize("NFC")), identity);
  await assert.rejects(openPassphraseSlot(fente, "été à la Mairie"));
});

test("le code de secours se recopie à la main et une faute se voit", () => {
  const code = generateRecoveryCode();
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.ok(codeRecopie(code, code.toLowerCase().replaceAll("-", " ")));
  assert.ok(codeRecopie(code, code.replaceAll("0", "o").replaceAll("1", "l")));
  const faute = (code.startsWith("A") ? "B" : "A") + code.slice(1);
  assert.equal(codeBienForme(faute) && normalizeRecoveryCode(faute) === code, false);
  assert.equal(codeBienForme(code.slice(0, -1)), false);
  assert.notEqual(generateRecoveryCode(), code);
});

test("une identité se rouvre par sa phrase et par son code de secours, et ouvre un canari", async () => {
  const identite = await creerIdentite();
  const phrase = await fermerParPhrase(identite, "quatre mots tout à fait secrets");
  const { fente: secours, code } = await fermerParSecours(identite);
  assert.deepEqual(await ouvrirIdentite(phrase, "quatre mots tout à fait secrets"), identite);
  assert.deepEqual(await ouvrirIdentite(secours, code.toLowerCase()), identite);
  const canari = await seal(octets(32, 4), identite.destinataire);
  assert.deepEqual(await ouvrirCanari(identite, canari), octets(32, 4));
});

test("la cérémonie donne à chacun une part qui, au seuil, redonne la clé publiée", async () => {
  const membres = await personnes(3);
  const gardiens = await personnes(3);
  const signataire = await creerIdentite();
  const demande = { ...CADRE, signataire, enveloppes: ["candidature", "offre"], politique: "double" as const, membres: membres.map((p) => p.porteur), gardiens: gardiens.map((p) => p.porteur) };
  const paires = await creerCles(demande);
  assert.deepEqual(paires.map(({ enveloppe }) => enveloppe), ["candidature", "offre"]);
  assert.notEqual(paires[0]?.empreinte, paires[1]?.empreinte);
  const cleDeSignature = await signingKeyOf(signataire.identite);
  const personne = { sealing: signataire.empreinte, signing: cleDeSignature };
  const nommes = await Promise.all(gardiens.map(async ({ cle }) => identityFingerprint(await publicIdentityOf(cle.identity))));
  for (const { enveloppe, destinataire, empreinte, partsDesMembres, partsDesGardiens, signature } of paires) {
    const contenu = { consultation: CADRE.consultation, enveloppe, destinataire, empreinte, politique: "double", seuil: 2, date_limite: CADRE.dateLimite, gardiens: nommes, signataire: await identityFingerprint(personne), scellement_du_signataire: signataire.empreinte };
    assert.ok(await verifyEd25519(cleDeSignature, fromBase64(signature), recordBytes(buildRecord(contenu))));
    const ephemere = await creerCleEphemere();
    const demandee = { usages: POUR_OUVRIR, consultation: CADRE.consultation, enveloppe, empreinte, enregistrement: utf8Decode(recordBytes(buildRecord(contenu))) };
    assert.equal(partsDesMembres[0]?.contenu.length, 1743);
    const tenue = (table: typeof membres, parts: typeof partsDesMembres, i: number) => ({ identite: table[i]?.cle.identity ?? "", partScellee: parts[i]?.contenu as Bytes });
    const recue = await rescellerPart(tenue(membres, partsDesMembres, 2), demandee, ephemere.recipient);
    const sienne = tenue(membres, partsDesMembres, 0);
    assert.equal((await reconstituer({ sienne, recues: [recue], ephemere, demandee })).recipient, destinataire);
    const desGardiens = await Promise.all([0, 1].map((i) => rescellerPart(tenue(gardiens, partsDesGardiens, i), demandee, ephemere.recipient)));
    assert.equal((await reconstituer({ sienne: null, recues: desGardiens, ephemere, demandee })).recipient, destinataire);
    await assert.rejects(reconstituer({ sienne, recues: [desGardiens[0] as Bytes], ephemere, demandee }), EmpreinteDifferenteError);
    await assert.rejects(reconstituer({ sienne, recues: [], ephemere, demandee }), /Il faut 2 clés tournées, il y en a 1/);
    for (const mensonge of [{ consultation: "2026-0007" }, { enveloppe: "autre" }, { empreinte: "00".repeat(16) }, { enregistrement: "{}" }]) {
      await assert.rejects(rescellerPart(sienne, { ...demandee, ...mensonge }, ephemere.recipient), PartEtrangereError);
    }
  }
});

test("la cérémonie refuse trop peu de porteurs, deux clés égales ou une clé qui ment sur son empreinte", async () => {
  const porteurs = (await personnes(3)).map((p) => p.porteur);
  const demande = { ...CADRE, signataire: await creerIdentite(), enveloppes: ["offre"], politique: "standard" as const, membres: porteurs.slice(0, 2), gardiens: porteurs };
  await assert.rejects(creerCles({ ...demande, membres: porteurs.slice(0, MEMBRES_MINIMUM.standard - 1) }), /au moins 2 membres/);
  await assert.rejects(creerCles({ ...demande, gardiens: porteurs.slice(0, 2) }), /au moins 3 gardiens/);
  await assert.rejects(creerCles({ ...demande, membres: [porteurs[0] as Porteur, porteurs[0] as Porteur] }), /même clé/);
  await assert.rejects(creerCles({ ...demande, membres: [porteurs[0] as Porteur, { ...(porteurs[1] as Porteur), empreinte: "00" }] }), /empreinte/);
});

test("la graine recombinée part scellée pour le coffre et s'efface ici", async () => {
  const [paire, coffre] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const graine = paire.seed.slice();
  await assert.rejects(remettreAuCoffre(paire, { destinataire: coffre.recipient, empreinte: "00" }), /coffre/);
  const scelle = await remettreAuCoffre(paire, { destinataire: coffre.recipient, empreinte: coffre.fingerprint });
  assert.deepEqual(await unseal(scelle, coffre.identity), graine);
  assert.deepEqual(paire.seed, new Uint8Array(32));
});

test("le code court est le même des deux côtés, et dénonce un engagement trahi ou une clé remplacée", async () => {
  const [a, b, espion] = await Promise.all([generateKeyPair(), generateKeyPair(), generateKeyPair()]);
  const presidence = contribuer(a.recipient);
  const membre = contribuer(b.recipient);
  const engagement = await engager("S-1", presidence);
  const code = await codeDeLaPresidence("S-1", presidence, membre);
  assert.match(code, /^\d{6}$/);
  assert.equal(await codeDuMembre("S-1", engagement, presidence, membre), code);
  await assert.rejects(codeDuMembre("S-1", engagement, contribuer(a.recipient), membre), /engagement/);
  await assert.rejects(codeDuMembre("S-1", engagement, { ...presidence, destinataire: espion.recipient }, membre), /engagement/);
  const autres = await Promise.all([1, 2, 3].map(() => codeDeLaPresidence("S-1", presidence, contribuer(espion.recipient))));
  assert.ok(autres.some((autre) => autre !== code));
});

test("rien ne se scelle pour une clé qui n'est pas celle que l'acheteur a signée", async () => {
  const { accepted, refused, vkey, roots } = JSON.parse(readFileSync(path.join(RACINE_DU_DEPOT, "src/sceau/vectors/key_records.json"), "utf8")) as Vecteurs;
  const { published, expected } = accepted[0] as Vecteurs["accepted"][number];
  const ailleurs = refused.find(({ why }) => why === "a token of another authority")?.published ?? null;
  const autre = await generateKeyPair();
  const cle = { destinataire: expected.recipient, empreinte: await fingerprint(expected.recipient), preuve: published };
  const donnees = { consultation: expected.consultation, journal: vkey, horodatage: roots, cles: { offre: cle } };
  await exigerDesClesSignees(donnees);
  const douteuses = [{ ...cle, destinataire: autre.recipient, empreinte: autre.fingerprint }, { ...cle, empreinte: "00".repeat(16) }, { ...cle, preuve: null }, { ...cle, preuve: ailleurs }];
  for (const offre of douteuses) await assert.rejects(exigerDesClesSignees({ ...donnees, cles: { offre } }), CleDouteuse);
  await assert.rejects(exigerDesClesSignees({ ...donnees, cles: { candidature: cle } }), CleDouteuse);
  await assert.rejects(exigerDesClesSignees({ ...donnees, cles: {} }), CleDouteuse);
});
