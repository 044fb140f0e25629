import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, test } from "node:test";

import { TransportError } from "../depot/erreurs";
import { ScellementError } from "../depot/protocole";
import { causeDe, enoncer, rapporterCeQuiSeLit, rapporterLesNouveaux, reveler } from "../pages/lib/messages";
import { rapporter, rapporterA } from "../pages/lib/traces";

declare const RACINE_DU_DEPOT: string;

interface Envoyee {
  nature: string;
  texte?: string;
  cause?: string;
}

const TIROIR = "beffroi-traces-R-1";
const page = new EventTarget();
const gardees = new Map<string, string>();
let plein = false;
let envois: Envoyee[][] = [];
const temoins = new Set<string>();
let repondre: () => Response = () => new Response(null, { status: 204 });

Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  document: { cookie: "csrftoken=autre; __Host-csrftoken=le-sien", body: { dataset: { temoin: "__Host-csrftoken" } } },
  localStorage: {
    getItem: (nom: string) => gardees.get(nom) ?? null,
    removeItem: (nom: string) => gardees.delete(nom),
    setItem: (nom: string, valeur: string) => {
      if (plein) throw new DOMException("plein", "QuotaExceededError");
      gardees.set(nom, valeur);
    },
  },
  fetch: async (_adresse: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
    temoins.add(headers["X-CSRFToken"] ?? "");
    envois.push(JSON.parse(body) as Envoyee[]);
    return repondre();
  },
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
rapporterA("/reponses/R-1/traces/", "R-1");

/** La page s'en va : ce qui attend part aussitôt. */
async function partir(): Promise<Envoyee[]> {
  const avant = envois.length;
  page.dispatchEvent(new Event("pagehide"));
  await new Promise((suite) => setTimeout(suite, 5));
  return envois.slice(avant).flat();
}

const unEndroit = (texte = "") => ({ hidden: true, textContent: texte }) as unknown as HTMLElement;
const dites = (lot: Envoyee[]) => lot.map(({ texte, cause }) => [texte, cause]);

beforeEach(() => {
  gardees.clear();
  plein = false;
  envois = [];
  repondre = () => new Response(null, { status: 204 });
});

test("un message redessiné sans cesse ne se rapporte qu'une fois, avec sa cause", async () => {
  const ligne = {};
  for (let fois = 0; fois < 10; fois++) rapporterLesNouveaux(ligne, [{ texte: "Ce nom n'est pas permis.", cause: "non_conforme" }]);

  assert.deepEqual(dites(await partir()), [["Ce nom n’est pas permis.", "non_conforme"]]);
});

test("levé puis revenu, le même message s'est affiché deux fois", async () => {
  const ligne = {};
  const refus = [{ texte: "Refusé.", cause: "interdit" }];
  for (const messages of [refus, [], refus]) rapporterLesNouveaux(ligne, messages);

  assert.deepEqual(dites(await partir()), [["Refusé.", "interdit"], ["Refusé.", "interdit"]]);
});

test("un message du serveur, révélé, se rapporte tel qu'il se lit", async () => {
  const secours = unEndroit("  Ce navigateur ne peut pas\n  sceller votre réponse ");
  reveler(secours, "sans_scellement");

  assert.equal(secours.hidden, false);
  assert.deepEqual(dites(await partir()), [["Ce navigateur ne peut pas sceller votre réponse", "sans_scellement"]]);
});

test("rien d'écrit, rien de rapporté", async () => {
  rapporterCeQuiSeLit(unEndroit("  "), "inacheves");
  rapporterCeQuiSeLit(null, "inacheves");
  enoncer(null, "Personne ne le lit.", "heure_limite");

  assert.deepEqual(await partir(), []);
});

test("sans réponse du serveur, le message reste, et repart à l'envoi suivant", async () => {
  repondre = () => new Response(null, { status: 503 });
  rapporter("message", { texte: "Refusé.", cause: "interdit" });
  assert.equal((await partir()).length, 1);
  assert.match(gardees.get(TIROIR) ?? "", /Refusé/);

  repondre = () => new Response(null, { status: 204 });
  assert.equal((await partir()).length, 1);
  assert.equal(gardees.get(TIROIR), undefined);
});

for (const [quoi, abimer] of [["plein", () => (plein = true)], ["abîmé", () => gardees.set(TIROIR, "{}")]] as const) {
  test(`un tiroir ${quoi} n'empêche ni la page, ni le rapport`, async () => {
    abimer();
    rapporter("message", { texte: "Refusé.", cause: "interdit" });

    assert.deepEqual(dites(await partir()), [["Refusé.", "interdit"]]);
  });
}

test("un envoi tient dans ce que le serveur lit, et une phrase sans fin y est raccourcie", async () => {
  for (let rang = 0; rang < 40; rang++) rapporter("message", { texte: "é".repeat(9000), cause: "controle" });
  const lot = await partir();

  assert.ok(lot.length > 0 && lot.length < 40);
  assert.ok(new TextEncoder().encode(JSON.stringify(lot)).length <= 32 * 1024);
});

test("la cause est le mot du refus, celui du scellement, ou celui que l'erreur porte", () => {
  assert.equal(causeDe(new TransportError("interdit", "Non.")), "interdit");
  assert.equal(causeDe(new ScellementError("fichier_illisible", "Fichier illisible.")), "fichier_illisible");
  assert.equal(causeDe(new Error("Liste perdue.", { cause: "limite" })), "limite");
  assert.equal(causeDe(new Error("Un fichier a changé.")), "panne");
});

test("sur les écrans d'une réponse, un refus ou une bannière ne se montre que par ce qui le rapporte", () => {
  const lib = path.join(RACINE_DU_DEPOT, "navigateur/pages/lib");
  const ailleurs = readdirSync(lib).filter((nom) => !["avis.ts", "dom.ts", "messages.ts"].includes(nom));
  const directs = ailleurs.filter((nom) => /[^.\w](refus|direIci|banniere)\(/.test(readFileSync(path.join(lib, nom), "utf8")));
  assert.deepEqual(directs, ["seance.ts"]); // sa bannière porte un formulaire : elle rapporte elle-même
});

test("le témoin envoyé est celui que la page nomme, et non celui d'un autre espace", async () => {
  assert.deepEqual([...temoins], ["le-sien"]);
});
