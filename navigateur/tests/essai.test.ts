import assert from "node:assert/strict";
import { test } from "node:test";

import type { Porteur } from "../cles/ceremonie";
import { type CleDemandee, PartEtrangereError, POUR_OUVRIR, POUR_REPETER } from "../cles/part";
import { preparerUnEssai } from "../ouverture/essai";
import { creerCleEphemere, reconstituer, rescellerPart } from "../ouverture/reconstitution";
import { seal, unseal } from "../sceau/age";
import { type Bytes, hex, utf8, utf8Decode } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";
import { type KeyPair, fingerprint, generateKeyPair } from "../sceau/identity";
import { split } from "../sceau/shares";

async function personnes(nombre: number): Promise<{ cle: KeyPair; porteur: Porteur }[]> {
  const cles = await Promise.all(Array.from({ length: nombre }, () => generateKeyPair()));
  return cles.map((cle, rang) => ({ cle, porteur: { reference: `U-${rang}`, destinataire: cle.recipient, empreinte: cle.fingerprint } }));
}

async function cleDEssai(destinataire: string): Promise<CleDemandee> {
  return { usages: POUR_REPETER, consultation: "2026-0142", enveloppe: "canari", empreinte: await fingerprint(destinataire), enregistrement: "" };
}

test("deux personnes d'un double contrôle rouvrent la phrase d'essai", async () => {
  const table = await personnes(3);
  const essai = await preparerUnEssai("double", table.map(({ porteur }) => porteur), "les ardoises du beffroi");
  const part = (rang: number) => essai.parts[rang]?.contenu ?? new Uint8Array();
  const ephemere = await creerCleEphemere();
  const tenue = (rang: number) => ({ identite: table[rang]?.cle.identity ?? "", partScellee: part(rang) });
  const demandee = await cleDEssai(essai.destinataire);

  const recues = [await rescellerPart(tenue(2), demandee, ephemere.recipient)];
  const paire = await reconstituer({ sienne: tenue(0), recues, ephemere, demandee });
  const clair = await unseal(essai.enveloppe, paire.identity);

  assert.equal(hex(await sha256(clair)), essai.engagement);
  assert.match(new TextDecoder().decode(clair), /^beffroi\.repetition\/1\n[0-9a-f]{32}\nles ardoises du beffroi$/);
});

test("une part de la vraie clé ne se donne pas dans une répétition, quoi qu'en dise le service", async () => {
  const [membre, presidence, vraie] = await Promise.all([generateKeyPair(), generateKeyPair(), generateKeyPair()]);
  const record = utf8('{"format":"beffroi.cle/1","consultation":"2026-0142"}');
  for (const purpose of ["member", "custodian"] as const) {
    const [part] = await split(vraie, { shares: 3, threshold: 2, purpose, record });
    const tenue = { identite: membre.identity, partScellee: await seal(part as Bytes, membre.recipient) };
    // Le service ment sur tout ce qu'il peut : l'empreinte et l'enregistrement de la vraie clé.
    const demandee = { ...(await cleDEssai(vraie.recipient)), enregistrement: utf8Decode(record) };
    await assert.rejects(rescellerPart(tenue, demandee, presidence.recipient), PartEtrangereError);
  }
});

test("une part d'essai ne passe pas pour une vraie dans une séance", async () => {
  const table = await personnes(3);
  const essai = await preparerUnEssai("double", table.map(({ porteur }) => porteur), "bonjour");
  const tenue = { identite: table[0]?.cle.identity ?? "", partScellee: essai.parts[0]?.contenu ?? new Uint8Array() };
  await assert.rejects(rescellerPart(tenue, { ...(await cleDEssai(essai.destinataire)), usages: POUR_OUVRIR }, table[1]?.cle.recipient ?? ""), PartEtrangereError);
});

test("la même phrase ne donne jamais deux fois le même engagement", async () => {
  const porteurs = (await personnes(2)).map(({ porteur }) => porteur);
  const essais = await Promise.all([1, 2].map(() => preparerUnEssai("standard", porteurs, "bonjour")));

  assert.notEqual(essais[0]?.engagement, essais[1]?.engagement);
  assert.notEqual(essais[0]?.destinataire, essais[1]?.destinataire);
});

test("un essai ne se prépare pas pour une personne seule", async () => {
  const porteurs = (await personnes(1)).map(({ porteur }) => porteur);

  await assert.rejects(preparerUnEssai("standard", porteurs, "bonjour"), /au moins 2 membres/);
});
