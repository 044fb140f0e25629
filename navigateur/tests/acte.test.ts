import "fake-indexeddb/auto";

import assert from "node:assert/strict";
import { test } from "node:test";

import { Scelleur } from "../depot/scelleur";
import { Transport } from "../depot/transport";
import { Acte } from "../pages/lib/acte";
import type { CleDEnveloppe } from "../pages/lib/donnees";
import type { Envois } from "../pages/lib/envois";
import { unseal } from "../sceau/age";
import { generateKeyPair } from "../sceau/identity";
import type { Requete } from "../depot/reseau";
import { carnetNeuf } from "./outils";
import { MilieuFactice, ServeurFactice } from "./serveur_factice";

const REPONSE = { depots: [], fichiers: [{ fichier: "F-0", enveloppe: "offre", lot: null, nom: "prix.pdf", taille: 2000, etat: "termine" }] };

async function cle(): Promise<{ identity: string; offre: CleDEnveloppe }> {
  const { recipient, fingerprint, identity } = await generateKeyPair();
  return { identity, offre: { destinataire: recipient, empreinte: fingerprint, preuve: null } };
}

test("le manifeste se scelle pour la clé vérifiée à l'ouverture, même si la page relue en annonce une autre", async () => {
  const [verifiee, autre] = [await cle(), await cle()];
  const serveur = new ServeurFactice();
  const depots: { enveloppes: { empreinte: string }[] }[] = [];
  let lectures = 0;
  const emettre = async (requete: Requete) => {
    if (requete.methode === "GET" && requete.adresse.endsWith("/reponses/R-1")) {
      lectures++;
      return { statut: 200, corps: JSON.stringify(REPONSE), attendreSecondes: null };
    }
    if (requete.adresse.endsWith("/depot")) depots.push(JSON.parse(requete.corps as string) as (typeof depots)[0]);
    return serveur.emettre(requete);
  };
  const envois = {
    donnees: { reponse: "R-1", consultation: "2026-0001", fichiers: [], cles: { offre: autre.offre } },
    cles: { offre: verifiee.offre },
    etat: { pieces: [] },
    scellement: new Scelleur({ carnet: await carnetNeuf(), reserve: null, chiffre: { only: "js" } }),
    nouveauTransport: () => new Transport({ entetes: serveur.entetes, emettre, emettrePartie: emettre, milieu: new MilieuFactice() }),
    resultatGarde: async () => null,
  } as unknown as Envois;
  const rien = () => undefined;

  await new Acte(envois, { scelle: rien, depose: rien, verifie: rien, fait: rien }).deposer(["F-0"]);

  const [manifeste] = serveur.fichiers.values();
  assert.ok(manifeste && (await unseal(serveur.contenu(manifeste), verifiee.identity)));
  assert.deepEqual(depots[0]?.enveloppes.map(({ empreinte }) => empreinte), [verifiee.offre.empreinte]);
  assert.equal(lectures, 1, "les dépôts connus et les fichiers reçus se lisent ensemble");
});
