import assert from "node:assert/strict";
import { test } from "node:test";

import type { Porteur } from "../cles/ceremonie";
import { preparerUnEssai } from "../ouverture/essai";
import { creerCleEphemere, reconstituer, rescellerPart } from "../ouverture/reconstitution";
import { unseal } from "../sceau/age";
import { hex } from "../sceau/encoding";
import { sha256 } from "../sceau/hash";
import { type KeyPair, fingerprint, generateKeyPair } from "../sceau/identity";

async function personnes(nombre: number): Promise<{ cle: KeyPair; porteur: Porteur }[]> {
  const cles = await Promise.all(Array.from({ length: nombre }, () => generateKeyPair()));
  return cles.map((cle, rang) => ({ cle, porteur: { reference: `U-${rang}`, destinataire: cle.recipient, empreinte: cle.fingerprint } }));
}

test("deux personnes d'un double contrôle rouvrent la phrase d'essai", async () => {
  const table = await personnes(3);
  const essai = await preparerUnEssai("double", table.map(({ porteur }) => porteur), "les ardoises du beffroi");
  const part = (rang: number) => essai.parts[rang]?.contenu ?? new Uint8Array();
  const ephemere = await creerCleEphemere();

  const paire = await reconstituer({
    sienne: { identite: table[0]?.cle.identity ?? "", partScellee: part(0) },
    recues: [await rescellerPart(table[2]?.cle.identity ?? "", part(2), ephemere.recipient)],
    ephemere,
    empreinteAttendue: await fingerprint(essai.destinataire),
  });
  const clair = await unseal(essai.enveloppe, paire.identity);

  assert.equal(hex(await sha256(clair)), essai.engagement);
  assert.match(new TextDecoder().decode(clair), /^beffroi\.repetition\/1\n[0-9a-f]{32}\nles ardoises du beffroi$/);
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
