import assert from "node:assert/strict";
import { test } from "node:test";

import { deposer, pieceDAilleurs, pieceDeLaFile, pieceDuManifeste, preparerEnveloppes } from "../depot/depot";
import { type EtatDeFile, type EtatDePiece, FileDAttente } from "../depot/file_d_attente";
import { attenteAvantEssai } from "../depot/reseau";
import { Scelleur } from "../depot/scelleur";
import { Transport } from "../depot/transport";
import { unseal } from "../sceau/age";
import { equal, utf8Decode } from "../sceau/encoding";
import { generateKeyPair } from "../sceau/identity";
import { commitment } from "../sceau/manifest";
import { IDBFactory } from "fake-indexeddb";
import { MIO, carnetNeuf, octets } from "./outils";
import { MilieuFactice, type Panne, ServeurFactice } from "./serveur_factice";

async function scene(fabrique = new IDBFactory()) {
  const serveur = new ServeurFactice();
  const milieu = new MilieuFactice();
  const paire = await generateKeyPair();
  const transport = new Transport({ entetes: serveur.entetes, emettre: serveur.emettre, emettrePartie: serveur.emettre, milieu });
  const nouvelleFile = async (surChangement?: (etat: EtatDeFile) => void) => {
    const scellement = new Scelleur({ carnet: await carnetNeuf(fabrique), reserve: null, chiffre: { only: "js" } });
    return new FileDAttente({ reponse: "R-1", scellement, transport, destinataires: { offre: paire.recipient, candidature: paire.recipient }, ...(surChangement ? { surChangement } : {}) });
  };
  return { serveur, milieu, paire, transport, nouvelleFile, file: await nouvelleFile() };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const piece = (nom: string, contenu: Uint8Array<ArrayBuffer>, enveloppe = "offre") => ({ enveloppe, lot: null, nom, fichier: new Blob([contenu]) });

async function recuIntact({ serveur, paire }: Scene, nom: string, clair: Uint8Array): Promise<void> {
  const recus = [...serveur.fichiers.values()].filter((fichier) => fichier.nom === nom);
  assert.equal(recus.length, 1);
  assert.equal(recus[0]?.etat, "termine");
  assert.ok(equal(await unseal(serveur.contenu(recus[0] as (typeof recus)[0]), paire.identity), clair));
}

test("plusieurs pièces arrivent entières, trois parties au plus à la fois", async () => {
  const s = await scene();
  const contenus = [octets(17 * MIO, 2), octets(26 * MIO, 3), octets(9 * MIO, 4), octets(18 * MIO, 5)];
  contenus.forEach((contenu, i) => s.file.ajouter(piece(`pièce ${i}.pdf`, contenu)));
  const etat = await s.file.auRepos();
  assert.deepEqual(etat.pieces.map((p) => p.etat), ["recu", "recu", "recu", "recu"]);
  assert.equal(etat.octetsRecus, etat.octetsTotal);
  assert.ok(s.serveur.enVolMaximum > 1 && s.serveur.enVolMaximum <= 3);
  for (const [i, contenu] of contenus.entries()) await recuIntact(s, `pièce ${i}.pdf`, contenu);
});

test("un fichier redonné prend la place de la reprise qui s'en passait, même repartie à l'instant", async () => {
  const s = await scene();
  const contenu = octets(9 * MIO, 6);
  s.file.ajouter({ ...piece("plan.pdf", contenu), fichier: { absent: true, size: contenu.length } });
  await s.file.redonner(piece("plan.pdf", contenu));
  assert.deepEqual((await s.file.auRepos()).pieces.map((p) => p.etat), ["recu"]);
  await recuIntact(s, "plan.pdf", contenu);
});

test("un fichier redonné quand sa reprise vient de finir est déjà là ; un autre contenu, non", async () => {
  const s = await scene();
  const contenu = octets(9 * MIO, 7);
  const cle = s.file.ajouter(piece("plan.pdf", contenu));
  await s.file.auRepos();
  assert.equal(await s.file.redonner(piece("plan.pdf", contenu)), cle);
  await assert.rejects(s.file.redonner(piece("plan.pdf", octets(9 * MIO, 8))), /déjà présente/);
  await s.file.auRepos();
  await recuIntact(s, "plan.pdf", contenu);
});

test("de petites pièces voyagent en paquets : deux demandes pour des dizaines, huit envois au plus à la fois", async () => {
  const s = await scene();
  const contenus = Array.from({ length: 120 }, (_, i) => octets(i * 50, i));
  contenus.forEach((contenu, i) => s.file.ajouter(piece(`pièce ${i}.pdf`, contenu)));
  const { pieces } = await s.file.auRepos();
  assert.ok(pieces.every(({ etat }) => etat === "recu"));
  assert.ok(s.serveur.enVolMaximum > 3 && s.serveur.enVolMaximum <= 8);
  assert.equal(s.serveur.envoisDePartie, 120);
  assert.ok(s.serveur.requetes.filter((ligne) => ligne.startsWith("POST")).length < 60);
  for (const [i, contenu] of contenus.entries()) await recuIntact(s, `pièce ${i}.pdf`, contenu);
});

test("une partie que la plateforme reçoit elle-même part en une demande, sous le jeton de la réponse", async () => {
  const s = await scene();
  s.serveur.parNous = true;
  const contenu = octets(26 * MIO, 9);
  s.file.ajouter(piece("plan.pdf", contenu));
  await s.file.auRepos();
  assert.equal(s.serveur.envoisDePartie, 4);
  assert.deepEqual(s.serveur.requetes.filter((ligne) => /^POST .*parties/.test(ligne)), []);
  await recuIntact(s, "plan.pdf", contenu);
});

test("une partie abîmée en chemin redemande où aller, et le fichier arrive entier", async () => {
  const s = await scene();
  s.serveur.parNous = true;
  s.serveur.prevoir(/^PUT/, { statut: 422 }, "coupure", "reponse_perdue");
  const contenu = octets(26 * MIO, 10);
  s.file.ajouter(piece("plan.pdf", contenu));
  await s.file.auRepos();
  await recuIntact(s, "plan.pdf", contenu);
});

const PANNES_DE_PAQUET: [string, RegExp, Panne[]][] = [
  ["une annonce dont la réponse se perd", /paquet$/, ["reponse_perdue"]],
  ["un serveur qui redémarre", /paquet$|fins$/, [{ statut: 503 }, { statut: 502 }]],
  ["une fin dont la réponse se perd", /fins$/, ["reponse_perdue"]],
  ["une adresse signée expirée", /^PUT/, [{ statut: 403 }]],
  ["un envoi coupé", /^PUT/, ["coupure", "reponse_perdue"]],
  ["une partie avalée par un portail captif", /^PUT/, ["portail_captif"]],
  ["des fins refusées pour une seule", /fins$/, [{ statut: 409 }]],
];

for (const [nom, motif, pannes] of PANNES_DE_PAQUET) {
  test(`un paquet survit à : ${nom}, et chaque fichier n'existe qu'une fois`, async () => {
    const s = await scene();
    s.serveur.prevoir(motif, ...pannes);
    const noms = Array.from({ length: 30 }, (_, i) => `pièce ${i}.pdf`);
    noms.forEach((nom, i) => s.file.ajouter(piece(nom, octets(100, i))));
    await s.file.auRepos();
    assert.equal(s.serveur.fichiers.size, 30);
    for (const [i, nom] of noms.entries()) await recuIntact(s, nom, octets(100, i));
  });
}

test("la page apprend aussitôt que plus rien n'avance, sans attendre le dixième de seconde", async () => {
  const dits: EtatDeFile[] = [];
  const file = await (await scene()).nouvelleFile((etat) => dits.push(etat));
  Array.from({ length: 20 }, (_, i) => file.ajouter(piece(`pièce ${i}.pdf`, octets(100, i))));
  await file.auRepos();
  await new Promise((resoudre) => setTimeout(resoudre, 1));
  assert.ok(dits.at(-1)?.pieces.every(({ etat }) => etat === "recu"));
});

test("un fichier refusé dans un paquet n'arrête que lui", async () => {
  const s = await scene();
  s.serveur.limiteParFichier = 5000;
  Array.from({ length: 20 }, (_, i) => s.file.ajouter(piece(`pièce ${i}.pdf`, octets(i === 7 ? 6000 : 60))));
  const { pieces } = await s.file.auRepos();
  assert.deepEqual(pieces.filter(({ etat }) => etat !== "recu").map(({ nom, cause }) => [nom, cause]), [["pièce 7.pdf", "limite"]]);
});

test("une pause pendant que les paquets voyagent, puis la reprise : rien en double, rien de perdu", async () => {
  const s = await scene();
  Array.from({ length: 100 }, (_, i) => s.file.ajouter(piece(`pièce ${i}.pdf`, octets(100, i))));
  await new Promise((resoudre) => setTimeout(resoudre, 60));
  s.file.mettreEnPause();
  await s.file.auRepos();
  s.file.reprendre();
  assert.ok((await s.file.auRepos()).pieces.every(({ etat }) => etat === "recu"));
  assert.equal(s.serveur.fichiers.size, 100);
});

test("l'autre onglet a tout envoyé : le même fichier n'y va pas deux fois, un autre de même nom y va", async () => {
  const s = await scene();
  s.file.ajouter(piece("a.pdf", octets(3000)));
  await s.file.auRepos();
  const second = await s.nouvelleFile();
  second.ajouter(piece("a.pdf", octets(3000)));
  assert.equal((await second.auRepos()).pieces[0]?.etat, "recu");
  assert.equal(s.serveur.envoisDePartie, 1);
  const troisieme = await s.nouvelleFile();
  troisieme.ajouter(piece("a.pdf", octets(3000, 9)));
  assert.equal((await troisieme.auRepos()).pieces[0]?.etat, "recu");
  await recuIntact(s, "a.pdf", octets(3000, 9));
});

test("ce que l'autre onglet a envoyé, puis que le serveur a perdu, repart", async () => {
  const s = await scene();
  s.file.ajouter(piece("a.pdf", octets(3000)));
  await s.file.auRepos();
  s.serveur.fichiers.clear();
  const second = await s.nouvelleFile();
  second.ajouter(piece("a.pdf", octets(3000)));
  await second.auRepos();
  await recuIntact(s, "a.pdf", octets(3000));
});

const PANNES: [string, RegExp, Panne[]][] = [
  ["une réponse de création… 500", /fichiers$/, [{ statut: 500 }]],
  ["l'adresse d'une partie perdue", /parties\/1$/, ["reponse_perdue"]],
  ["un envoi coupé deux fois", /^PUT .*\/2$/, ["coupure", "coupure"]],
  ["la réponse d'un envoi perdue", /^PUT .*\/1$/, ["reponse_perdue"]],
  ["un serveur qui redémarre", /^PUT/, [{ statut: 503 }, { statut: 502 }, { statut: 503 }]],
  ["une adresse signée expirée", /^PUT .*\/2$/, [{ statut: 403 }]],
  ["une partie abîmée en route", /^PUT .*\/1$/, [{ statut: 422 }, { statut: 400 }]],
  ["une fin dont la réponse est perdue", /fin$/, ["reponse_perdue"]],
  ["un portail captif", /parties\/1$/, ["portail_captif"]],
  ["trop de demandes", /fin$/, [{ statut: 429 }]],
];

for (const [nom, motif, pannes] of PANNES) {
  test(`l'envoi survit à : ${nom}`, async () => {
    const s = await scene();
    const clair = octets(9 * MIO);
    s.serveur.prevoir(motif, ...pannes);
    s.file.ajouter(piece("mémoire.pdf", clair));
    assert.equal((await s.file.auRepos()).pieces[0]?.etat, "recu");
    assert.ok(s.milieu.attentes.length > 0);
    await recuIntact(s, "mémoire.pdf", clair);
  });
}

test("une partie avalée par un portail captif est redemandée à la fin", async () => {
  const s = await scene();
  const clair = octets(9 * MIO);
  s.serveur.prevoir(/^PUT .*\/2$/, "portail_captif");
  s.file.ajouter(piece("a.pdf", clair));
  await s.file.auRepos();
  await recuIntact(s, "a.pdf", clair);
});

test("un conflit sur une partie fait repartir avec une autre clé, sans reste chez le serveur", async () => {
  const s = await scene();
  const clair = octets(9 * MIO);
  s.serveur.prevoir(/parties\/2$/, { statut: 409, corps: '{"detail":"autre contenu"}' });
  s.file.ajouter(piece("a.pdf", clair));
  await s.file.auRepos();
  assert.ok(s.serveur.requetes.some((ligne) => ligne.startsWith("DELETE")));
  await recuIntact(s, "a.pdf", clair);
});

test("un fichier que le serveur a perdu est recréé", async () => {
  const s = await scene();
  const clair = octets(9 * MIO);
  s.serveur.prevoir(/parties\/2$/, { statut: 404 });
  s.file.ajouter(piece("a.pdf", clair));
  await s.file.auRepos();
  await recuIntact(s, "a.pdf", clair);
});

const ARRETS: [number, string, EtatDePiece["etat"]][] = [
  [401, "session", "en_pause"],
  [507, "disque_plein", "en_pause"],
];

for (const [statut, sens, etat] of ARRETS) {
  test(`un ${statut} arrête la file avec sa phrase, et reprendre ne renvoie que ce qui manque`, async () => {
    const s = await scene();
    const clair = octets(26 * MIO);
    s.serveur.prevoir(/^PUT .*\/3$/, { statut, corps: '{"detail":"Phrase du serveur."}' });
    s.file.ajouter(piece("a.pdf", clair));
    const arretee = await s.file.auRepos();
    assert.deepEqual(arretee.arret, { sens, message: "Phrase du serveur." });
    assert.equal(arretee.pieces[0]?.etat, etat);
    const avant = s.serveur.envoisDePartie;
    const durables = [...s.serveur.fichiers.values()][0]?.parties.size ?? 0;
    s.file.reprendre();
    assert.equal((await s.file.auRepos()).arret, null);
    assert.equal(s.serveur.envoisDePartie - avant, 4 - durables);
    await recuIntact(s, "a.pdf", clair);
  });
}

test("une limite dépassée refuse la pièce avant le premier octet et laisse les autres", async () => {
  const s = await scene();
  s.serveur.limiteParFichier = 5000;
  s.file.ajouter(piece("gros.pdf", octets(6000)));
  s.file.ajouter(piece("petit.pdf", octets(60)));
  const { pieces } = await s.file.auRepos();
  assert.deepEqual(pieces.map((p) => [p.etat, p.cause]), [["erreur", "limite"], ["recu", null]]);
  assert.match(pieces[0]?.message ?? "", /au plus 5000 octets/);
});

test("après un rechargement, seules les parties manquantes partent", async () => {
  const s = await scene();
  const clair = octets(26 * MIO);
  s.serveur.prevoir(/^PUT .*\/3$/, { statut: 401 });
  s.file.ajouter(piece("a.pdf", clair));
  await s.file.auRepos();
  const durables = [...s.serveur.fichiers.values()][0]?.parties.size ?? 0;
  const avant = s.serveur.envoisDePartie;
  const nouvelle = await s.nouvelleFile();
  nouvelle.ajouter(piece("a.pdf", clair));
  await nouvelle.auRepos();
  assert.ok(durables > 0);
  assert.equal(s.serveur.envoisDePartie - avant, 4 - durables);
  await recuIntact(s, "a.pdf", clair);
});

test("un fichier modifié entre deux visites est scellé avec une autre clé et renvoyé en entier", async () => {
  const s = await scene();
  const clair = octets(26 * MIO);
  s.serveur.prevoir(/^PUT .*\/3$/, { statut: 401 });
  s.file.ajouter(piece("a.pdf", clair));
  await s.file.auRepos();
  const ancien = [...s.serveur.fichiers.values()][0];
  const prefixe = ancien?.parties.get(1)?.subarray(0, 1643).toString("hex");
  const modifie = clair.slice();
  modifie[100] = (modifie[100] as number) ^ 1;
  const nouvelle = await s.nouvelleFile();
  nouvelle.ajouter(piece("a.pdf", modifie));
  await nouvelle.auRepos();
  await recuIntact(s, "a.pdf", modifie);
  assert.notEqual([...s.serveur.fichiers.values()][0]?.parties.get(1)?.subarray(0, 1643).toString("hex"), prefixe);
});

test("pause, reprise et retrait d'une pièce", async () => {
  const s = await scene();
  const clair = octets(26 * MIO);
  const a = s.file.ajouter(piece("a.pdf", clair));
  const b = s.file.ajouter(piece("b.pdf", octets(10)));
  s.file.mettreEnPause(a);
  assert.deepEqual((await s.file.auRepos()).pieces.map((p) => p.etat), ["en_pause", "recu"]);
  s.file.reprendre(a);
  await s.file.auRepos();
  await recuIntact(s, "a.pdf", clair);
  await s.file.retirer(b);
  assert.deepEqual(s.file.etat().pieces.map((p) => p.nom), ["a.pdf"]);
  assert.equal(s.serveur.fichiers.size, 1);
});

test("les attentes doublent, restent bornées et dépendent du hasard", () => {
  assert.deepEqual([0, 1, 2].map((essai) => attenteAvantEssai(essai, 1)), [500, 1000, 2000]);
  assert.equal(attenteAvantEssai(50, 1), 30_000);
  assert.equal(attenteAvantEssai(3, 0), 2000);
});

test("hors ligne, on attend le retour du réseau au lieu d'insister", async () => {
  const s = await scene();
  s.milieu.connecte = false;
  s.serveur.prevoir(/fichiers\/paquet$/, "coupure");
  s.file.ajouter(piece("a.pdf", octets(10)));
  await s.file.auRepos();
  assert.deepEqual(s.milieu.attentes, [30_000]);
});

test("un manifeste par enveloppe, scellé et envoyé en dernier, engage sans rien montrer", async () => {
  const s = await scene();
  s.file.ajouter(piece("b.pdf", octets(20)));
  s.file.ajouter(piece("a.pdf", octets(10), "candidature"));
  const { pieces } = await s.file.auRepos();
  const ailleurs = pieceDAilleurs({ fichier: "F-9", enveloppe: "offre", lot: null, nom: "ailleurs.pdf", taille: 1659 + 5, etat: "recu" });
  const preparees = await preparerEnveloppes("2026-0142", [...pieces.map(pieceDeLaFile), ailleurs]);
  assert.deepEqual(preparees.map(({ enveloppe, fichiers }) => [enveloppe, fichiers.length]), [["candidature", 1], ["offre", 2]]);
  assert.deepEqual(preparees[1]?.manifeste.fichiers[0], { nom: "ailleurs.pdf", taille: 5, sha256: null, sha256_scelle: null, racine: null });
  const offre = preparees[1] as (typeof preparees)[0];
  assert.equal(offre.engagement, await commitment(offre.manifeste));
  s.file.ajouter(pieceDuManifeste(offre));
  await s.file.auRepos();
  const manifeste = [...s.serveur.fichiers.values()].find((fichier) => fichier.nom === "manifeste.age");
  const clair = JSON.parse(utf8Decode(await unseal(s.serveur.contenu(manifeste as NonNullable<typeof manifeste>), s.paire.identity)));
  assert.equal(clair.sel, offre.manifeste.sel);
});

test("déposer deux fois, ou perdre la réponse, donne le même récépissé", async () => {
  const { serveur, transport } = await scene();
  serveur.prevoir(/depot$/, "reponse_perdue");
  const premier = await deposer(transport, "R-1", [], "cle-1");
  assert.deepEqual(await deposer(transport, "R-1", [], "cle-1"), premier);
  assert.equal(serveur.depots.size, 1);
});
