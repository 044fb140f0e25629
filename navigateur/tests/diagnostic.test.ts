import assert from "node:assert/strict";
import { test } from "node:test";

import { verifierAttestation } from "../depot/attestation";
import { envoyerAuServeur, navigateurDe, scellerEtRouvrir } from "../depot/diagnostic";
import type { Emetteur } from "../depot/reseau";
import { Scelleur } from "../depot/scelleur";
import { utf8 } from "../sceau/encoding";
import { sha256Hex } from "../sceau/hash";
import { ReserveEnMemoire, carnetNeuf } from "./outils";

const TAILLE = 2_000_000;

async function unScelleur(reserve: ReserveEnMemoire | null = new ReserveEnMemoire()): Promise<Scelleur> {
  return new Scelleur({ carnet: await carnetNeuf(), reserve, chiffre: { only: "js" } });
}

test("le fichier d'essai passe par le scelleur du dépôt, se rouvre, et ne laisse rien", async () => {
  const reserve = new ReserveEnMemoire();
  const essai = await scellerEtRouvrir(await unScelleur(reserve), TAILLE);
  assert.equal(essai.sha256, await sha256Hex(new Uint8Array(essai.octets)));
  assert.ok(essai.octets.byteLength > TAILLE && essai.reserve);
  assert.equal(reserve.fichiers.size, 0);
});

test("un scelleur qui rend d'autres octets est démasqué", async () => {
  const scelleur = await unScelleur();
  const juste = scelleur.partie.bind(scelleur);
  scelleur.partie = async (...valeurs) => {
    const partie = await juste(...valeurs);
    if (partie.octets) new Uint8Array(partie.octets)[3000]! ^= 1;
    return partie;
  };
  await assert.rejects(scellerEtRouvrir(scelleur, TAILLE));
});

const essai = { octets: new ArrayBuffer(1000), sha256: "ab", ms: 1, reserve: true };
const repondre = (statut: number, corps: object): Emetteur => async () => ({ statut, corps: JSON.stringify(corps), attendreSecondes: 0 });

test("l'empreinte rendue par le serveur est comparée : une autre n'est pas un aller-retour", async () => {
  const juste = await envoyerAuServeur("/envoi/", essai, { emettre: repondre(200, { octets: 1000, sha256: "ab", recu: "signé" }), delaiMs: 1000 });
  assert.equal(juste.recu, "signé");
  const faux = await envoyerAuServeur("/envoi/", essai, { emettre: repondre(200, { octets: 1000, sha256: "cd", recu: "signé" }), delaiMs: 1000 });
  assert.equal(faux.recu, "");
});

test("un serveur occupé se redemande", async () => {
  let appels = 0;
  const emettre: Emetteur = async (requete) => (++appels < 3 ? repondre(429, {})(requete) : repondre(200, { octets: 1000, sha256: "ab", recu: "r" })(requete));
  assert.equal((await envoyerAuServeur("/envoi/", essai, { emettre, delaiMs: 5000 })).recu, "r");
  assert.equal(appels, 3);
});

test("une ligne trop lente s'arrête au délai, et donne quand même son débit", async () => {
  const lent: Emetteur = ({ signal, surProgres }) =>
    new Promise((_, rejeter) => {
      surProgres?.(100);
      signal?.addEventListener("abort", () => rejeter(new DOMException("abandon", "AbortError")));
    });
  const { debit, recu } = await envoyerAuServeur("/envoi/", essai, { emettre: lent, delaiMs: 50 });
  assert.equal(recu, "");
  assert.ok(debit !== null && debit > 0 && debit <= 3000);
});

test("chaque navigateur se reconnaît à ce qu'il dit de lui", () => {
  const agents: [string, string, number][] = [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", 140],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0", "Edge", 133],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36", "Chrome", 133],
    ["Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari", 18],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari", 18],
    ["curl/8", "", 0],
  ];
  for (const [agent, navigateur, version] of agents) assert.deepEqual(navigateurDe(agent), { navigateur, version });
});

test("une attestation sans signature connue, ou incomplète, n'est pas vérifiée", async () => {
  await assert.rejects(verifierAttestation(new Map(), ""), /Il manque un fichier/);
  const note = utf8('beffroi.attestation/1\n{"service":"x","etablie_le":"2027-01-12T10:58:07Z"}\nattestation.pdf 00\n\n\u2014 x AAAAAAAA\n');
  await assert.rejects(verifierAttestation(new Map([["attestation.note", note], ["attestation.pdf", utf8("pdf")]]), ""), /clé du registre/);
});
