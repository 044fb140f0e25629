import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { type Demandes, type PieceAControler, controler } from "../depot/controles";
import { Debit } from "../depot/debit";
import { Horloge, lireInstant } from "../depot/horloge";
import { bizarreriesDuNom, nomPropose } from "../depot/noms";
import { type Bytes, concat, utf8 } from "../sceau/encoding";
import { appendToZip } from "../sceau/zip";
import { octets } from "./outils";

declare const RACINE_DU_DEPOT: string;

const ZIP_VIDE = concat(Uint8Array.of(0x50, 0x4b, 5, 6), new Uint8Array(18));

function piece(nom: string, contenu: Bytes, autres: Partial<PieceAControler> = {}): PieceAControler {
  return { cle: nom, nom, enveloppe: "offre", lot: null, fichier: new Blob([contenu]), ...autres };
}

async function codes(pieces: PieceAControler[], autres: Partial<Demandes> = {}): Promise<string[]> {
  const { arrets, avertissements } = await controler({ pieces, limites: {}, ...autres });
  return [...arrets, ...avertissements].map(({ code }) => code);
}

const utf16 = (texte: string) => Uint8Array.from([...texte].flatMap((c) => [c.charCodeAt(0), 0]));
const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const chiffre = () => {
  const zip = appendToZip(ZIP_VIDE, "a.txt", utf8("secret"));
  zip[zip.length - 22 - 51 + 8] = 1;
  return zip;
};

const CONTENUS: [string, string, Bytes, string[]][] = [
  ["un fichier ordinaire", "mémoire technique.pdf", utf8("%PDF-1.7 /Font"), []],
  ["un fichier vide", "vide.pdf", new Uint8Array(0), ["vide"]],
  ["un PDF à mot de passe", "a.pdf", utf8(`%PDF-1.7\n${"x".repeat(200_000)}trailer << /Encrypt 5 0 R >>`), ["mot_de_passe"]],
  ["un ZIP à mot de passe", "a.zip", chiffre(), ["mot_de_passe"]],
  ["un document récent protégé", "a.docx", concat(OLE, utf16("EncryptedPackage")), ["mot_de_passe"]],
  ["un ancien classeur à macros", "a.xls", concat(OLE, utf16("_VBA_PROJECT")), ["macros"]],
  ["un document à macros", "a.docx", appendToZip(ZIP_VIDE, "word/vbaProject.bin", utf8("x")), ["macros"]],
  ["une extension à macros", "a.xlsm", utf8("x"), ["macros"]],
  ["une archive abîmée", "a.zip", concat(utf8("PK"), octets(300)), []],
];

for (const [quoi, nom, contenu, attendus] of CONTENUS) {
  test(`${quoi} : ${attendus.join(", ") || "rien à dire"}`, async () => {
    assert.deepEqual(await codes([piece(nom, contenu)]), attendus);
  });
}

test("trois arrêts seulement : aucun fichier, illisible, limite dépassée", async () => {
  const illisible = new Blob(["x"]);
  Object.defineProperty(illisible, "arrayBuffer", { value: () => Promise.reject(new Error("parti")) });
  assert.deepEqual(await codes([]), ["aucun_fichier"]);
  assert.deepEqual(await codes([piece("a.pdf", octets(1), { fichier: illisible })]), ["illisible"]);
  const grosIllisible = new Blob([octets(100_000)]);
  Object.defineProperty(grosIllisible, "slice", { value: () => ({ arrayBuffer: () => Promise.reject(new Error("parti")) }) });
  assert.deepEqual(await codes([piece("a.pdf", octets(1), { fichier: grosIllisible })]), ["illisible"]);
  assert.deepEqual(await codes([piece("a.pdf", octets(4000))], { limites: { octetsParFichier: 3999 } }), ["limite"]);
  assert.deepEqual(await codes([piece("a.pdf", octets(100)), piece("b.pdf", octets(101))], { limites: { fichiers: 1, octetsParReponse: 200 } }), ["limite", "limite"]);
  assert.deepEqual(await codes([piece("é".repeat(60), octets(1))], { limites: { octetsDuNom: 100 } }), ["limite"]);
});

test("deux fichiers de même contenu sont signalés, de même taille seulement non", async () => {
  assert.deepEqual(await codes([piece("a.pdf", octets(3000)), piece("b.pdf", octets(3000, 2)), piece("c.pdf", octets(3000))]), ["meme_contenu"]);
});

test("mêmes bouts et autre milieu : deux contenus différents", async () => {
  const autre = octets(300_000);
  autre[150_000] = (autre[150_000] as number) ^ 1;
  assert.deepEqual(await codes([piece("a.pdf", octets(300_000)), piece("b.pdf", autre)]), []);
  assert.deepEqual(await codes([piece("a.pdf", octets(300_000)), piece("b.pdf", octets(300_000))]), ["meme_contenu"]);
});

test("dix mille fichiers de même taille : chacun est lu quelques fois, sans être comparé à tous les autres", async () => {
  const nombre = 10_000;
  let lectures = 0;
  const pieces = Array.from({ length: nombre }, (_, rang) => {
    const fichier = new Blob([`contenu ${String(rang).padStart(6, "0")}`]);
    const lire = fichier.arrayBuffer.bind(fichier);
    Object.defineProperty(fichier, "arrayBuffer", { value: () => (lectures++, lire()) });
    return { ...piece(`${rang}.pdf`, new Uint8Array(0)), fichier };
  });
  const vus: number[] = [];
  const { avertissements } = await controler({ pieces, limites: {}, surProgres: (faits) => vus.push(faits) });
  assert.deepEqual(avertissements, []);
  assert.equal(lectures, 2 * nombre);
  assert.equal(vus.at(-1), nombre);
});

test("un fichier déjà ajouté n'est pas relu, mais un nouveau qui lui ressemble est signalé", async () => {
  const deja = piece("prix.docm", octets(500), { dejaVue: true, enveloppe: "candidature" });
  assert.deepEqual(await codes([deja, piece("b.pdf", octets(500))]), ["meme_contenu"]);
  assert.deepEqual(await codes([deja]), []);
});

test("pièce attendue manquante, format hors liste, prix dans la candidature", async () => {
  const attendues = [{ identifiant: "AE", libelle: "Acte d'engagement", enveloppe: "offre", lot: null, obligatoire: true }];
  assert.deepEqual(await codes([piece("a.pdf", octets(1))], { attendues }), ["piece_manquante"]);
  assert.deepEqual(await codes([piece("a.pdf", octets(1), { attendue: "AE" })], { attendues }), []);
  assert.deepEqual(await codes([piece("a.dwg", octets(1), { formats: ["pdf"] }), piece("b.dwg", octets(2), { formats: ["pdf", "dwg"] })]), ["format"]);
  assert.deepEqual(await codes([piece("a.dwg", octets(1), { formats: ["pdf"] }), piece("b.ods", octets(2), { formats: ["pdf"] })]), ["format", "format"]);
  for (const nom of ["DPGF lot 1.pdf", "acte d'engagement.pdf", "AE_signe.pdf", "bordereau_des_prix.pdf"]) {
    assert.deepEqual(await codes([piece(nom, octets(1), { enveloppe: "candidature" })]), ["prix_en_candidature"]);
  }
  assert.deepEqual(await codes([piece("mémoire prix.pdf", octets(1))]), []);
});

test("le temps qui manque et l'ordinateur déréglé avertissent", async () => {
  const pieces = [piece("a.pdf", octets(1))];
  assert.deepEqual(await codes(pieces, { resteMillisecondes: 1000, tempsDEnvoiMillisecondes: 2000, ordinateurDeregle: true }), ["horloge_ordinateur", "temps_insuffisant"]);
  assert.deepEqual(await codes(pieces, { resteMillisecondes: 3000, tempsDEnvoiMillisecondes: 2000 }), []);
});

const NOMS: [string, string][] = [
  ["../../etc/passwd", "_.._etc_passwd"], ["=cmd|calc.csv", "cmd_calc.csv"], ["devis\u202egnp.exe", "devisgnp.exe"], ["a\u0000b.pdf", "ab.pdf"],
  ["aux.pdf", "_aux.pdf"], [`${"x".repeat(200)}.pdf`, `${"x".repeat(116)}.pdf`], ["...", "document"],
];

for (const [nom, propose] of NOMS) {
  test(`le nom ${JSON.stringify(nom.slice(0, 20))} surprend, et un autre est proposé`, () => {
    assert.ok(bizarreriesDuNom(nom).length > 0);
    assert.equal(nomPropose(nom), propose);
    assert.deepEqual(bizarreriesDuNom(propose), []);
  });
}

test("accents, espaces et émojis ne surprennent pas", () => {
  for (const nom of ["Mémoire technique n° 2.pdf", "plan 🏫.dwg", "日本.pdf"]) assert.deepEqual(bizarreriesDuNom(nom), []);
  assert.equal(bizarreriesDuNom("facture.pdf.exe").length, 1);
});

interface CasCommun { nom: string; enveloppe: string; consultation: string; formats: string[]; taille: number; dits: string[] }

test("le navigateur et le serveur disent la même chose d'un nom, d'un format, d'une taille", async () => {
  const cas = JSON.parse(readFileSync(path.join(RACINE_DU_DEPOT, "src/formats/tests/noms_de_fichiers.json"), "utf8")) as CasCommun[];
  assert.ok(cas.length > 30);
  for (const { nom, enveloppe, consultation, formats, taille, dits } of cas) {
    const { avertissements } = await controler({ pieces: [piece(nom, octets(taille), { enveloppe, formats })], limites: {}, consultation });
    assert.deepEqual(avertissements.map(({ message }) => message), dits, JSON.stringify(nom));
  }
});

test("quand le temps manque, l'ordre proposé met l'acte d'engagement d'abord, puis le plus léger", async () => {
  const pieces = [piece("mémoire.pdf", octets(300)), piece("Acte d'engagement.pdf", octets(900)), piece("prix.ods", octets(20))];
  const { avertissements } = await controler({ pieces, limites: {}, resteMillisecondes: 1, tempsDEnvoiMillisecondes: 2 });
  assert.deepEqual(avertissements.map(({ message }) => message.split(" Ordre proposé : ")[1]), ["« Acte d'engagement.pdf », « prix.ods », « mémoire.pdf »."]);
});

function horlogeDe(trajets: (number | null)[], { retardMural = 0 } = {}) {
  let reguliere = 1000;
  const serveur = () => 1_795_530_000_000 + reguliere;
  const interroger = async () => {
    const duree = trajets.shift();
    if (duree === null || duree === undefined) throw new Error("hors ligne");
    reguliere += duree / 2;
    const heure = new Date(serveur()).toISOString();
    reguliere += duree / 2;
    return heure;
  };
  const horloge = new Horloge({ interroger, reguliere: () => reguliere, murale: () => serveur() - retardMural });
  return { horloge, serveur, passer: (duree: number) => void (reguliere += duree) };
}

test("l'horloge garde le plus court de cinq allers-retours et dit son incertitude", async () => {
  const { horloge, serveur } = horlogeDe([400, 40, 900, 60, 200]);
  const { incertitude, horsConnexion } = await horloge.synchroniser();
  assert.ok(Math.abs(horloge.maintenant().getTime() - serveur()) <= 1);
  assert.ok(incertitude !== null && incertitude >= 20 && incertitude < 21);
  assert.equal(horsConnexion, false);
});

test("hors connexion, l'heure reste estimée et l'incertitude croît", async () => {
  const { horloge, serveur, passer } = horlogeDe([40, 40, 40, 40, 40, null]);
  const avant = await horloge.synchroniser();
  passer(3_600_000);
  const apres = await horloge.synchroniser();
  assert.equal(apres.horsConnexion, true);
  assert.ok((apres.incertitude ?? 0) > (avant.incertitude ?? 0) + 100);
  assert.ok(Math.abs(horloge.maintenant().getTime() - serveur()) <= 1);
  assert.equal(Math.round(horloge.resteAvant(new Date(serveur() + 5000)) / 10), 500);
});

test("un ordinateur en retard de plus de trente secondes est déréglé", async () => {
  const juste = horlogeDe([40, 40, 40, 40, 40], { retardMural: 20_000 });
  const faux = horlogeDe([40, 40, 40, 40, 40], { retardMural: 240_000 });
  await Promise.all([juste.horloge.synchroniser(), faux.horloge.synchroniser()]);
  assert.equal(juste.horloge.ordinateurDeregle(), false);
  assert.equal(faux.horloge.ordinateurDeregle(), true);
});

test("l'heure se lit en texte ou en JSON, jamais sans fuseau", () => {
  const attendu = Date.UTC(2026, 10, 24, 16);
  for (const corps of ["2026-11-24T16:00:00Z\n", '"2026-11-24T16:00:00+00:00"', '{"heure": "2026-11-24T17:00:00+01:00"}']) assert.equal(lireInstant(corps), attendu);
  for (const corps of ["2026-11-24T16:00:00", "", "<html>", "{}"]) assert.throws(() => lireInstant(corps));
});

test("le débit se mesure sur une fenêtre et prévoit la fin", () => {
  let maintenant = 0;
  const debit = new Debit(() => maintenant);
  assert.equal(debit.tempsRestant(1000), null);
  for (; maintenant < 10_000; maintenant += 1000) debit.ajouter(500);
  assert.equal(debit.parSeconde(), 500);
  assert.equal(debit.tempsRestant(1000), 2000);
  assert.equal(debit.tempsRestant(0), 0);
  maintenant += 60_000;
  assert.equal(debit.parSeconde(), null);
});
