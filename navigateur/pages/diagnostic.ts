/** Page publique /essai/diagnostic/ : tester son poste en moins d'une minute, et garder le résultat. */
import { ClientOuvrier, demarrerOuvrier, scellementPar } from "../depot/client_ouvrier";
import { type EssaiScelle, type Mesures, envoyerAuServeur, navigateurDe, outilsPresents, placeLibre, rien, scellerEtRouvrir } from "../depot/diagnostic";
import { Horloge } from "../depot/horloge";
import { enregistrer } from "../depot/recu";
import { emettreParXhr } from "../depot/reseau";
import { readZip } from "../sceau/zip";
import { type Ton, banniere, direIci, ecrire, element, etat, montrer, un } from "./lib/dom";

interface Donnees {
  octets: number;
  ouvrier: string;
  envoi: string;
  attestation: string;
}

interface Verdict {
  code: string;
  ton: Ton;
  mot: string;
  mesure: string;
  geste: string;
}

interface Bilan {
  ton: "ok" | "attention" | "danger" | "gris";
  conclusion: string;
  verdicts: Verdict[];
}

/** Le test entier tient sous la minute : l'envoi s'arrête là, et le débit mesuré se dit quand même. */
const ENVOI_MS = 35_000;
const SCELLEMENT_MS = 15_000;

const donnees = JSON.parse(un("#donnees-du-diagnostic")?.textContent ?? "{}") as Donnees;
let mesures: Mesures = rien();

function dire(texte: string): void {
  ecrire(un("[data-avancement]"), texte);
}

function marquer(code: string, ton: Ton, mot: string, signe?: string): void {
  montrer(un(`[data-controle="${code}"] [data-etat]`), [etat(ton, mot, signe)]);
}

function enCours(code: string): void {
  marquer(code, "cours", "Test en cours", "attente");
}

async function auPlus<T>(millisecondes: number, promesse: Promise<T>): Promise<T> {
  let minuterie: ReturnType<typeof setTimeout> | undefined;
  const trop = new Promise<never>((_, rejeter) => (minuterie = setTimeout(() => rejeter(new Error("trop long")), millisecondes)));
  return Promise.race([promesse, trop]).finally(() => clearTimeout(minuterie));
}

async function sceller(): Promise<EssaiScelle | null> {
  for (const code of ["scellement", "stockage"]) enCours(code);
  const client = new ClientOuvrier(demarrerOuvrier(donnees.ouvrier));
  try {
    return await auPlus(SCELLEMENT_MS, scellerEtRouvrir(scellementPar(client), donnees.octets));
  } catch {
    return null;
  } finally {
    client.arreter();
  }
}

async function comparerLHorloge(): Promise<number | null> {
  enCours("horloge");
  const { ecart } = await new Horloge().synchroniser();
  return ecart === null ? null : Math.round(ecart);
}

async function envoyer(scelle: EssaiScelle): Promise<void> {
  for (const code of ["aller_retour", "debit"]) enCours(code);
  const total = scelle.octets.byteLength;
  const { debit, recu } = await envoyerAuServeur(donnees.envoi, scelle, {
    emettre: emettreParXhr,
    delaiMs: ENVOI_MS,
    surProgres: (octets) => dire(`Envoi du fichier d'essai : ${Math.floor((octets / total) * 100)} %`),
  });
  mesures = { ...mesures, debit, recu };
}

async function mesurer(): Promise<void> {
  mesures = { ...rien(), ...navigateurDe(navigator.userAgent), outils: outilsPresents(), place_libre: await placeLibre() };
  dire("Comparaison des horloges…");
  mesures.ecart_ms = await comparerLHorloge();
  dire("Scellement d'un fichier d'essai…");
  const scelle = mesures.outils ? await sceller() : null;
  if (!scelle) return;
  mesures = { ...mesures, scellement_ms: scelle.ms, reserve: scelle.reserve };
  await envoyer(scelle);
}

async function demander(forme: string): Promise<Response> {
  const reponse = await fetch(`${donnees.attestation}${forme}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(mesures) });
  if (!reponse.ok) throw new Error(String(reponse.status));
  return reponse;
}

function afficher({ ton, conclusion, verdicts }: Bilan): void {
  for (const { code, ton: le, mot, mesure, geste } of verdicts) {
    marquer(code, le, mot);
    ecrire(un(`[data-controle="${code}"] [data-mesure]`), mesure);
    ecrire(un(`[data-controle="${code}"] [data-geste]`), geste ? `À faire : ${geste}` : "");
  }
  const suite = ton === "danger" ? "Lisez plus bas ce qu'il faut changer, ou appelez-nous." : "Le détail est plus bas. Vous pouvez garder ce résultat.";
  montrer(un("[data-conclusion]"), [banniere(ton === "gris" ? "attention" : ton, conclusion, element("p", {}, suite))]);
}

function sansReponse(): void {
  const texte = "Le serveur n'a pas répondu : le résultat ne peut pas être dit. Vérifiez votre connexion, puis recommencez.";
  montrer(un("[data-conclusion]"), [banniere("attention", "Le test n'a pas pu finir", element("p", {}, texte))]);
}

async function lancer(bouton: HTMLButtonElement): Promise<void> {
  bouton.disabled = true;
  const garder = un("[data-attestation]");
  if (garder) garder.hidden = true;
  document.documentElement.dataset["diagnostic"] = "en-cours";
  try {
    await mesurer();
    afficher((await (await demander("?forme=verdicts")).json()) as Bilan);
    if (garder) garder.hidden = false;
  } catch {
    sansReponse();
  }
  dire("");
  ecrire(bouton, "Recommencer le test");
  bouton.disabled = false;
  document.documentElement.dataset["diagnostic"] = "fini";
}

async function garderLeResultat(forme: string): Promise<void> {
  const detail = un("[data-garde]");
  try {
    const archive = new Uint8Array(await (await demander("")).arrayBuffer());
    const papier = (await readZip(archive)).get("attestation.pdf");
    if (!papier) throw new Error("sans PDF");
    if (forme === "pdf") enregistrer(papier, "attestation.pdf", "application/pdf");
    else enregistrer(archive, "attestation.zip");
    direIci(detail, `Enregistrée : attestation.${forme}.`);
  } catch {
    direIci(detail, "L'attestation n'a pas pu être faite. Recommencez dans un instant.", "alert");
  }
}

const lancement = un("[data-lancement]");
const bouton = un<HTMLButtonElement>("[data-lancer]");
if (lancement && bouton) {
  lancement.hidden = false;
  bouton.addEventListener("click", () => void lancer(bouton));
  for (const choix of document.querySelectorAll<HTMLElement>("[data-garder]")) choix.addEventListener("click", () => void garderLeResultat(choix.dataset["garder"] ?? "pdf"));
  document.documentElement.dataset["diagnostic"] = "pret";
}
