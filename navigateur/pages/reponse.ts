/** Les écrans d'une réponse : sceller, envoyer, reprendre, vérifier, déposer. */
import { CarnetIndexedDB } from "../depot/carnet";
import { reposerLesAvis } from "./lib/avis";
import { CleDouteuse, exigerDesClesSignees } from "./lib/cles_verifiees";
import { ecrire, un } from "./lib/dom";
import { type Donnees, lireLesDonnees } from "./lib/donnees";
import { protegerLaPage } from "./lib/depose";
import { EcranDesPieces } from "./lib/ecran_des_pieces";
import { EcranDeVerification } from "./lib/ecran_de_verification";
import { Envois } from "./lib/envois";
import { suivreLesLiens } from "./lib/navigation";
import { Seance } from "./lib/seance";
import { actualiser, demarrerLeTemps } from "./lib/temps";
import { rapporterA } from "./lib/traces";

let envois: Envois;
let ecran: { afficher(): void } | null = null;

function peutSceller(): boolean {
  return isSecureContext && typeof Worker !== "undefined" && typeof indexedDB !== "undefined" && typeof crypto?.subtle === "object" && typeof crypto.randomUUID === "function";
}

function direQueNon(): void {
  const secours = un("[data-sans-scellement]");
  if (secours) secours.hidden = false;
  un("[data-preparation]")?.remove();
}

/** Une clé remplacée en chemin ferait lire la réponse à un autre : la page s'arrête là. */
function direLaCleDouteuse({ enveloppe }: CleDouteuse): void {
  const avis = un("[data-cle-douteuse]");
  if (avis) avis.hidden = false;
  ecrire(un("[data-enveloppe-douteuse]"), enveloppe === "offre" ? "des offres" : "des candidatures");
  un("[data-preparation]")?.remove();
}

function monter(): void {
  const donnees = lireLesDonnees();
  if (!donnees) return;
  envois.donnees = donnees;
  ecran = null;
  if (un("[data-pieces]") && donnees.place) ecran = new EcranDesPieces(envois, donnees.place);
  else if (un("[data-verifier]")) ecran = new EcranDeVerification(envois);
  reposerLesAvis();
  actualiser();
}

async function commencer(donnees: Donnees): Promise<void> {
  rapporterA(donnees.adresses.traces, donnees.reponse);
  await exigerDesClesSignees(donnees);
  const carnet = await CarnetIndexedDB.ouvrir();
  const seance = new Seance(donnees.adresses, (neuves) => envois.actualiser(neuves), () => envois.file.reprendre());
  envois = new Envois(donnees, carnet, () => ecran?.afficher(), () => void seance.verifier());
  await envois.reconnaitre();
  monter();
  seance.surveiller();
  suivreLesLiens(donnees.adresses.reponse, () => envois.enMouvement, monter);
  addEventListener("beforeunload", (evenement) => {
    if (envois.enMouvement && !envois.estParti) evenement.preventDefault();
  });
  document.documentElement.dataset["depot"] = "pret";
}

demarrerLeTemps();
protegerLaPage();
const donnees = lireLesDonnees();
if (donnees && peutSceller()) commencer(donnees).catch((erreur: unknown) => (erreur instanceof CleDouteuse ? direLaCleDouteuse(erreur) : direQueNon()));
else direQueNon();
