import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { dansLImage, ecrire, lire } from "../teleassistance/canal";
import { type Dehors, Liaison, type Pair, type Phase, type Signal } from "../teleassistance/liaison";
import { relever } from "../teleassistance/serveur";
import { type Emetteur, Micro, type Piste } from "../teleassistance/micro";

class FauxPair implements Pair {
  connectionState = "new";
  onicecandidate: Pair["onicecandidate"] = null;
  onconnectionstatechange: Pair["onconnectionstatechange"] = null;
  readonly faits: string[] = [];

  constructor(readonly nom: string) {}

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    return { type: "offer", sdp: `offre de ${this.nom}` };
  }

  async createAnswer(): Promise<RTCSessionDescriptionInit> {
    return { type: "answer", sdp: `réponse de ${this.nom}` };
  }

  async setLocalDescription({ sdp }: RTCSessionDescriptionInit): Promise<void> {
    this.faits.push(`ici : ${sdp}`);
  }

  async setRemoteDescription({ sdp }: RTCSessionDescriptionInit): Promise<void> {
    this.faits.push(`là-bas : ${sdp}`);
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    this.faits.push(`candidat ${candidate}`);
  }

  close(): void {
    this.faits.push("fermé");
  }

  devenir(etat: string): void {
    this.connectionState = etat;
    this.onconnectionstatechange?.();
  }

  trouver(candidate: string): void {
    this.onicecandidate?.({ candidate: { toJSON: () => ({ candidate }) } });
  }
}

interface Cote extends Dehors {
  pairs: FauxPair[];
  partis: Signal[];
  phases: Phase[];
}

function cote(nom: string): Cote {
  const lui: Cote = {
    pairs: [],
    partis: [],
    phases: [],
    nouveauPair() {
      const pair = new FauxPair(`${nom}${lui.pairs.length + 1}`);
      lui.pairs.push(pair);
      return pair;
    },
    async poster(signal) {
      lui.partis.push(signal);
    },
    phase(phase) {
      lui.phases.push(phase);
    },
  };
  return lui;
}

const candidat = (tour: number, candidate: string): Signal => ({ genre: "candidat", corps: JSON.stringify({ tour, candidat: { candidate } }) });
const corps = (signal: Signal | undefined): { tour: number; sdp?: string } => JSON.parse(signal?.corps ?? "{}");

test("de « prêt » à la liaison : une offre, une réponse, chacune de son côté", async () => {
  const [elle, lui] = [cote("elle"), cote("lui")];
  const [montre, regarde] = [new Liaison("montre", elle), new Liaison("regarde", lui)];
  await regarde.annoncer();
  await montre.recevoir(lui.partis[0]!);
  assert.equal(elle.partis.length, 0, "rien ne part tant que rien n'est choisi");

  await montre.choisir();
  await regarde.recevoir(elle.partis[0]!);
  await montre.recevoir(lui.partis[1]!);
  assert.deepEqual(lui.pairs[0]!.faits, ["là-bas : offre de elle1", "ici : réponse de lui1"]);
  assert.deepEqual(elle.pairs[0]!.faits, ["ici : offre de elle1", "là-bas : réponse de lui1"]);

  elle.pairs[0]!.devenir("connected");
  assert.deepEqual(elle.phases, ["liaison", "joint"]);
});

test("un candidat arrivé trop tôt attend la description qu'il complète", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  await montre.recevoir(candidat(1, "A"));
  assert.ok(!elle.pairs[0]!.faits.includes("candidat A"));

  await montre.recevoir({ genre: "reponse", corps: JSON.stringify({ tour: 1, sdp: "r" }) });
  await montre.recevoir(candidat(1, "B"));
  assert.deepEqual(elle.pairs[0]!.faits.slice(1), ["là-bas : r", "candidat A", "candidat B"]);
});

test("l'agent recharge sa page : une offre neuve, et ce qui vient de l'ancienne liaison ne compte plus", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  await montre.recevoir({ genre: "pret", corps: '{"tour":0}' });
  assert.deepEqual(elle.partis.map((signal) => corps(signal).tour), [1, 2]);
  assert.ok(elle.pairs[0]!.faits.includes("fermé"));

  await montre.recevoir({ genre: "reponse", corps: JSON.stringify({ tour: 1, sdp: "vieille" }) });
  await montre.recevoir(candidat(1, "vieux"));
  assert.equal(elle.pairs[1]!.faits.length, 1);
});

test("une offre déjà vue n'ouvre pas deux liaisons", async () => {
  const lui = cote("lui");
  const regarde = new Liaison("regarde", lui);
  const offre: Signal = { genre: "offre", corps: JSON.stringify({ tour: 1, sdp: "o" }) };
  await regarde.recevoir(offre);
  await regarde.recevoir(offre);
  assert.equal(lui.pairs.length, 1);
});

test("chacun trouve ses candidats et les envoie avec le tour de sa liaison", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  elle.pairs[0]!.trouver("A");
  assert.deepEqual(elle.partis[1], candidat(1, "A"));
});

test("une liaison qui tombe se dit, une liaison qui hésite non", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  elle.pairs[0]!.devenir("connected");
  elle.pairs[0]!.devenir("disconnected");
  assert.equal(elle.phases.at(-1), "joint");
  elle.pairs[0]!.devenir("failed");
  assert.equal(elle.phases.at(-1), "coupe");
});

test("finie, elle n'écoute plus rien et ne se rouvre pas", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  montre.finir();
  await montre.recevoir({ genre: "pret", corps: '{"tour":0}' });
  assert.equal(elle.pairs.length, 1);
  assert.deepEqual([elle.phases.at(-1), elle.pairs[0]!.faits.at(-1)], ["fini", "fermé"]);
});

test("un signal illisible n'arrête rien", async () => {
  const elle = cote("elle");
  const montre = new Liaison("montre", elle);
  await montre.choisir();
  for (const texte of ["", "null", "{", '{"tour":"un"}']) await montre.recevoir({ genre: "reponse", corps: texte });
  await montre.recevoir({ genre: "reponse", corps: JSON.stringify({ tour: 1, sdp: "r" }) });
  assert.equal(elle.pairs[0]!.faits.at(-1), "là-bas : r");
});

test("le canal ne laisse passer qu'un pointeur dans l'image, un micro et un texte court", () => {
  assert.deepEqual(lire('{"genre":"pointeur","x":0.5,"y":1}'), { genre: "pointeur", x: 0.5, y: 1 });
  assert.deepEqual(lire('{"genre":"micro","ouvert":true,"x":1}'), { genre: "micro", ouvert: true });
  assert.deepEqual(lire('{"genre":"micro","ouvert":"oui"}'), { genre: "micro", ouvert: false });
  for (const faux of [7, "{", "null", '{"genre":"pointeur","x":1.2,"y":0}', '{"genre":"pointeur","x":"0","y":0}', '{"genre":"cliquer"}', '{"genre":"texte","texte":"  "}', `{"genre":"texte","texte":"${"a".repeat(5000)}"}`]) {
    assert.equal(lire(faux), null, String(faux).slice(0, 60));
  }
  const long = lire(ecrire({ genre: "texte", texte: "é".repeat(900) }));
  assert.ok(long?.genre === "texte" && long.texte.length === 500);
});

test("le pointeur se lit dans l'image, jamais dans les bandes qui l'entourent", () => {
  const [cadre, image] = [{ largeur: 200, hauteur: 200 }, { largeur: 400, hauteur: 200 }];
  assert.deepEqual(dansLImage({ x: 100, y: 100 }, cadre, image), { x: 0.5, y: 0.5 });
  assert.deepEqual(dansLImage({ x: 0, y: 50 }, cadre, image), { x: 0, y: 0 });
  assert.equal(dansLImage({ x: 100, y: 20 }, cadre, image), null);
  assert.equal(dansLImage({ x: 1, y: 1 }, cadre, { largeur: 0, hauteur: 0 }), null);
});

class FaussePiste implements Piste {
  onended: Piste["onended"] = null;
  arretee = false;

  stop(): void {
    this.arretee = true;
  }
}

class FauxEmetteur implements Emetteur<FaussePiste> {
  envoyees: (FaussePiste | null)[] = [];

  async replaceTrack(piste: FaussePiste | null): Promise<void> {
    this.envoyees.push(piste);
  }
}

function micro(demander = async (): Promise<FaussePiste> => new FaussePiste()): { micro: Micro<FaussePiste>; dits: boolean[] } {
  const dits: boolean[] = [];
  return { micro: new Micro(demander, (ouvert) => dits.push(ouvert)), dits };
}

test("le micro reste fermé tant que personne ne l'ouvre, et rien n'est demandé au poste", async () => {
  let demandes = 0;
  const { micro: sien, dits } = micro(async () => (demandes++, new FaussePiste()));
  const emetteur = new FauxEmetteur();
  await sien.brancher(emetteur);
  assert.deepEqual([demandes, emetteur.envoyees, dits, sien.ouvert], [0, [null], [], false]);
});

test("ouvert puis coupé : la piste s'arrête, l'émetteur n'a plus rien, et chaque fois c'est dit", async () => {
  const piste = new FaussePiste();
  const { micro: sien, dits } = micro(async () => piste);
  const emetteur = new FauxEmetteur();
  await sien.brancher(emetteur);
  await sien.ouvrir();
  sien.couper();
  sien.couper();
  assert.deepEqual(emetteur.envoyees, [null, piste, null]);
  assert.deepEqual([piste.arretee, dits, sien.ouvert], [true, [true, false], false]);
});

test("une liaison neuve garde un micro ouvert", async () => {
  const piste = new FaussePiste();
  const { micro: sien } = micro(async () => piste);
  await sien.brancher(new FauxEmetteur());
  await sien.ouvrir();
  const neuf = new FauxEmetteur();
  await sien.brancher(neuf);
  assert.deepEqual(neuf.envoyees, [piste]);
});

test("le partage finit pendant que le navigateur demande : la piste s'arrête aussitôt, rien ne part", async () => {
  const piste = new FaussePiste();
  let accorder: (piste: FaussePiste) => void = () => undefined;
  const { micro: sien, dits } = micro(() => new Promise((resolve) => (accorder = resolve)));
  const emetteur = new FauxEmetteur();
  await sien.brancher(emetteur);
  const demande = sien.ouvrir();
  sien.finir();
  accorder(piste);
  await demande;
  assert.deepEqual([piste.arretee, emetteur.envoyees, dits], [true, [null], []]);
  await sien.ouvrir();
  assert.equal(sien.ouvert, false, "fini, il ne se rouvre pas");
});

test("un micro débranché est un micro coupé", async () => {
  const piste = new FaussePiste();
  const { micro: sien, dits } = micro(async () => piste);
  await sien.ouvrir();
  piste.onended?.(new Event("ended"));
  assert.deepEqual([sien.ouvert, dits], [false, [true, false]]);
});

test("un micro dont la voix ne peut partir se referme", async () => {
  const piste = new FaussePiste();
  const { micro: sien, dits } = micro(async () => piste);
  const emetteur = new FauxEmetteur();
  await sien.brancher(emetteur);
  emetteur.replaceTrack = async () => Promise.reject(new Error("liaison fermée"));
  await assert.rejects(sien.ouvrir(), /liaison fermée/);
  assert.deepEqual([piste.arretee, sien.ouvert, dits], [true, false, [true, false]]);
});

test("un micro refusé reste fermé, et l'appelant sait pourquoi", async () => {
  const { micro: sien, dits } = micro(async () => Promise.reject(new Error("refusé")));
  await assert.rejects(sien.ouvrir(), /refusé/);
  assert.deepEqual([sien.ouvert, dits], [false, []]);
});

test("ce que la page dit d'un choix refusé ne s'efface pas : seule une panne passée efface la sienne", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const dites: unknown[] = [];
  const panne = new Error("Plus de réseau.");
  const tours = [() => Promise.resolve(1500), () => Promise.reject(panne), () => Promise.resolve(1500), () => Promise.resolve(0)];
  relever(() => tours.shift()!(), (erreur) => dites.push(erreur));
  for (const pause of [1500, 3000, 1500]) {
    await new Promise((fini) => setImmediate(fini));
    mock.timers.tick(pause);
  }
  await new Promise((fini) => setImmediate(fini));
  mock.timers.reset();

  assert.deepEqual(dites, [panne, null]);
  assert.equal(tours.length, 0);
});
