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
import { reveler } from "./lib/messages";
import { suivreLesLiens } from "./lib/navigation";
import { Seance } from "./lib/seance";
import { actualiser, demarrerLeTemps } from "./lib/temps";
import { rapporter, rapporterA } from "./lib/traces";

let envois: Envois;
let ecran: { afficher(): void } | null = null;

function peutSceller(): boolean {
  return isSecureContext && typeof Worker !== "undefined" && typeof indexedDB !== "undefined" && typeof crypto?.subtle === "object" && typeof crypto.randomUUID === "function";
}

/** La panne qui l'a fait dire, s'il y en a une, part avec le message. */
function direQueNon(erreur?: unknown): void {
  reveler(un("[data-sans-scellement]"), "sans_scellement");
  rapporterLaPanne(erreur);
  un("[data-preparation]")?.remove();
}

/** Une clé remplacée en chemin ferait lire la réponse à un autre : la page s'arrête là. */
function direLaCleDouteuse({ enveloppe, cause }: CleDouteuse): void {
  ecrire(un("[data-enveloppe-douteuse]"), enveloppe === "offre" ? "des offres" : "des candidatures");
  reveler(un("[data-cle-douteuse]"), "cle_douteuse");
  rapporterLaPanne(cause);
  un("[data-preparation]")?.remove();
}

function rapporterLaPanne(panne: unknown): void {
  if (panne instanceof Error) rapporter("erreur", { texte: panne.message, cause: panne.name });
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
if (donnees) rapporterA(donnees.adresses.traces, donnees.reponse);
if (donnees && peutSceller()) commencer(donnees).catch((erreur: unknown) => (erreur instanceof CleDouteuse ? direLaCleDouteuse(erreur) : direQueNon(erreur)));
else direQueNon();
