import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";

import { Scelleur } from "../depot/scelleur";
import type { PartieScellee, Piece } from "../depot/protocole";
import { unseal } from "../sceau/age";
import { type Bytes, concat, equal, fromHex } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { type KeyPair, generateKeyPair } from "../sceau/identity";
import { MIO, ReserveEnMemoire, carnetNeuf, octets } from "./outils";

const CLE = "R-1/offre/0/mémoire.pdf";

async function scene(options: { reserve?: ReserveEnMemoire; fabrique?: IDBFactory } = {}) {
  const paire = await generateKeyPair();
  const fabrique = options.fabrique ?? new IDBFactory();
  const reserve = options.reserve ?? null;
  const visite = async () => new Scelleur({ carnet: await carnetNeuf(fabrique), reserve, chiffre: { only: "js" } });
  const piece = (contenu: Bytes): Piece => ({ cle: CLE, fichier: new Blob([contenu]), destinataire: paire.recipient });
  return { paire, visite, piece, carnet: await carnetNeuf(fabrique) };
}

async function toutes(scelleur: Scelleur, nombre: number): Promise<PartieScellee[]> {
  const parties: PartieScellee[] = [];
  for (let numero = 1; numero <= nombre; numero++) parties.push(await scelleur.partie(CLE, numero, true));
  return parties;
}

async function verifier(parties: PartieScellee[], paire: KeyPair, clair: Bytes): Promise<void> {
  const scelle = concat(...parties.map(({ octets: part }) => new Uint8Array(part as ArrayBuffer)));
  assert.ok(equal(await unseal(scelle, paire.identity), clair));
}

test("une pièce se scelle, et ses empreintes sont celles du fichier scellé et du clair", async () => {
  const { paire, visite, piece } = await scene();
  const clair = octets(17 * MIO);
  const scelleur = await visite();
  const { nombreParties, recommence } = await scelleur.ouvrir(piece(clair));
  const parties = await toutes(scelleur, nombreParties);
  const resultat = await scelleur.conclure(CLE);
  const scelle = concat(...parties.map((p) => new Uint8Array(p.octets as ArrayBuffer)));
  assert.equal(nombreParties, 3);
  assert.equal(recommence, false);
  assert.equal(resultat.sha256Scelle, await sha256Hex(scelle));
  assert.equal(resultat.sha256Clair, await sha256Hex(clair));
  assert.equal(resultat.tailleScellee, scelle.length);
  assert.equal(resultat.racine, await sha256Hex(concat(...parties.map((p) => fromHex(p.sha256)))));
  await verifier(parties, paire, clair);
});

for (const avecReserve of [false, true]) {
  test(`une reprise ${avecReserve ? "avec" : "sans"} réserve redonne les mêmes octets avec la même clé`, async () => {
    const reserve = new ReserveEnMemoire();
    const { paire, visite, piece } = await scene(avecReserve ? { reserve } : {});
    const clair = octets(20 * MIO);
    const avant = await visite();
    await avant.ouvrir(piece(clair));
    const anciennes = await toutes(avant, 2);
    const apres = await visite();
    const { dejaScellees, nombreParties, recommence } = await apres.ouvrir(piece(clair));
    const parties = await toutes(apres, nombreParties);
    assert.equal(dejaScellees, 2);
    assert.equal(recommence, false);
    assert.deepEqual(parties.slice(0, 2).map((p) => p.sha256), anciennes.map((p) => p.sha256));
    assert.equal((await apres.conclure(CLE)).sha256Clair, await sha256Hex(clair));
    await verifier(parties, paire, clair);
    assert.equal(reserve.ecritures, avecReserve ? 3 : 0);
  });

  test(`un fichier modifié à la reprise, ${avecReserve ? "avec" : "sans"} réserve, ne sert jamais la même clé`, async () => {
    const { visite, piece } = await scene(avecReserve ? { reserve: new ReserveEnMemoire() } : {});
    const clair = octets(20 * MIO);
    const avant = await visite();
    await avant.ouvrir(piece(clair));
    await toutes(avant, 2);
    const modifie = clair.slice();
    modifie[9 * MIO] = (modifie[9 * MIO] as number) ^ 1;
    const apres = await visite();
    await apres.ouvrir(piece(modifie));
    await apres.partie(CLE, 1, true);
    await assert.rejects(apres.partie(CLE, 3, true), { cause: "fichier_modifie" });
    await assert.rejects(apres.partie(CLE, 2, true), { cause: "fichier_modifie" });
  });
}

test("une taille ou un destinataire différents font repartir avec une autre clé", async () => {
  const { visite, piece, carnet } = await scene();
  const scelleur = await visite();
  await scelleur.ouvrir(piece(octets(100)));
  await scelleur.noterDistant(CLE, "F-1");
  const premier = await carnet.lire(CLE);
  const reouverte = await scelleur.ouvrir(piece(octets(101)));
  const second = await carnet.lire(CLE);
  assert.equal(reouverte.recommence, true);
  assert.equal(reouverte.distant, "F-1");
  assert.notDeepEqual(premier?.secret, second?.secret);
  const autre = await scelleur.ouvrir({ ...piece(octets(101)), destinataire: (await generateKeyPair()).recipient });
  assert.equal(autre.recommence, true);
});

test("la clé et les feuilles sont au carnet avant que les octets ne sortent", async () => {
  const { visite, piece, carnet } = await scene();
  const scelleur = await visite();
  await scelleur.ouvrir(piece(octets(9 * MIO)));
  assert.ok((await carnet.lire(CLE))?.secret);
  assert.equal((await carnet.feuilles(CLE)).length, 0);
  const { sha256 } = await scelleur.partie(CLE, 1, true);
  assert.deepEqual((await carnet.feuilles(CLE)).map((feuille) => feuille.scelle), [sha256]);
});

test("deux onglets ne consignent jamais deux contenus pour la même partie", async () => {
  const { visite, piece } = await scene();
  const [un, deux] = [await visite(), await visite()];
  await un.ouvrir(piece(octets(1000)));
  await deux.ouvrir(piece(octets(1000, 2)));
  await un.partie(CLE, 1, true);
  await assert.rejects(deux.partie(CLE, 1, true), { cause: "fichier_modifie" });
});

test("un verrou tenu par un autre onglet est dit", async () => {
  const { piece } = await scene();
  const scelleur = new Scelleur({ carnet: await carnetNeuf(), reserve: null, verrouiller: async () => null });
  await assert.rejects(scelleur.ouvrir(piece(octets(10))), { cause: "autre_onglet" });
});

test("une réserve qui se remplit est abandonnée sans arrêter le scellement", async () => {
  const reserve = new ReserveEnMemoire(Infinity, 1);
  const { paire, visite, piece, carnet } = await scene({ reserve });
  const clair = octets(20 * MIO);
  const scelleur = await visite();
  const ouverture = await scelleur.ouvrir(piece(clair));
  const parties = await toutes(scelleur, ouverture.nombreParties);
  assert.equal(ouverture.reserve, true);
  assert.equal(reserve.fichiers.size, 0);
  assert.equal((await carnet.lire(CLE))?.reserve, false);
  await verifier(parties, paire, clair);
});

test("une réserve abîmée est refaite depuis le fichier", async () => {
  const reserve = new ReserveEnMemoire();
  const { paire, visite, piece } = await scene({ reserve });
  const clair = octets(9 * MIO);
  const avant = await visite();
  await avant.ouvrir(piece(clair));
  await avant.scellerDAvance(CLE);
  (reserve.fichiers.get(CLE) as Bytes)[5000] = 0;
  const apres = await visite();
  const { nombreParties } = await apres.ouvrir(piece(clair));
  await verifier(await toutes(apres, nombreParties), paire, clair);
});

test("sans assez de place, on scelle à mesure de l'envoi", async () => {
  const { visite, piece } = await scene({ reserve: new ReserveEnMemoire(1000) });
  const scelleur = await visite();
  assert.equal((await scelleur.ouvrir(piece(octets(2000)))).reserve, false);
  await scelleur.scellerDAvance(CLE);
});

test("une pièce reçue perd sa clé et sa réserve, garde ses empreintes, et s'oublie avec sa réponse", async () => {
  const reserve = new ReserveEnMemoire();
  const { visite, piece, carnet } = await scene({ reserve });
  const scelleur = await visite();
  await scelleur.ouvrir(piece(octets(100)));
  const resultat = await scelleur.conclure(CLE);
  await scelleur.alleger(CLE);
  assert.equal((await carnet.lire(CLE))?.secret, null);
  assert.equal(reserve.fichiers.size, 0);
  assert.deepEqual(await scelleur.resultat(CLE), resultat);
  await scelleur.oublierReponse("R-1/");
  assert.equal(await scelleur.resultat(CLE), null);
  assert.deepEqual(await carnet.feuilles(CLE), []);
});

test("un fichier devenu illisible le dit", async () => {
  const { visite, piece } = await scene();
  const fichier = new Blob([octets(10)]);
  Object.defineProperty(fichier, "slice", { value: () => ({ arrayBuffer: () => Promise.reject(new DOMException("parti", "NotReadableError")) }) });
  const scelleur = await visite();
  await scelleur.ouvrir({ ...piece(octets(10)), fichier });
  await assert.rejects(scelleur.partie(CLE, 1, true), { cause: "fichier_illisible" });
});
