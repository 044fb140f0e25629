/** Page publique /verifier/ : le récépissé et les fichiers sont lus ici, rien n'est envoyé. */
import { NOTE, verifierAttestation } from "../depot/attestation";
import { completerRecu } from "../depot/recu";
import type { Bytes } from "../sceau/encoding";
import { hashBlob } from "../sceau/hash";
import { type Check, type CheckName, type FileMatch, type ReceiptRecord, type ReceiptReport, type Verdict, matchFile, verifyReceipt } from "../sceau/receipt";
import { readZip } from "../sceau/zip";
import { accueillir, protegerLaPage } from "./lib/depose";
import { banniere, ecrire, element, etat, montrer, nomDeFichier, un } from "./lib/dom";
import { manifestesGardes } from "./lib/memoire";
import { heure, pluriel, taille } from "./lib/mots";

declare global {
  interface Window {
    beffroiVerification: typeof api;
  }
}

/** Offert au reste de la page, et aux tests du navigateur. */
const api = { verifyReceipt, matchFile, hashBlob };

const INTITULES: Record<CheckName, string> = {
  archive: "L'archive se lit",
  record: "Le récépissé est complet",
  canonical: "Le récépissé est écrit dans sa forme canonique",
  log_key: "La clé du registre est celle que ce site publie",
  key_from_archive: "La clé du registre vient de l'archive elle-même",
  authority_root: "Le certificat de l'horodatage",
  timestamp: "Le jeton d'horodatage porte sur ce récépissé",
  received_at: "Le jeton et le récépissé donnent la même heure",
  deadline: "Le délai annoncé est celui des dates",
  qualified_timestamp: "Le jeton qualifié porte sur ce récépissé",
  checkpoint: "La tête du registre est signée",
  inclusion: "Le dépôt est inscrit au registre",
  manifest: "Les empreintes en clair sont celles du dépôt",
};

const ABSENCES: Partial<Record<CheckName, string>> = {
  qualified_timestamp: "Le jeton qualifié n'est pas encore joint. Celui du service l'est.",
  manifest: "Cette copie n'a pas les empreintes en clair. Seule la copie complète de l'entreprise les a.",
};

const DEUX_COTES = "Le récépissé et son jeton sont de part et d'autre de l'heure limite : rien ne dit lequel est juste.";

const NON_CONTROLES: Partial<Record<CheckName, string>> = {
  received_at: DEUX_COTES,
  deadline: DEUX_COTES,
  checkpoint: "La clé qui l'a signée a été volée.",
  authority_root: "À contrôler avec OpenSSL ou la ligne de commande, plus bas.",
  key_from_archive: "Comparez-la avec celle du registre public, une fois en ligne.",
};

const SANS_CLE = "Rien ne dit encore qu'il vient de ce service : la clé du registre n'a pas pu être lue ici. Reconnectez-vous, puis recommencez. Hors connexion : ./beffroi verifier, le nom du fichier, --cle et la clé que vous connaissez.";

const CLE_VOLEE = "La clé du registre qui l'a signé a été volée depuis : d'autres ont pu le fabriquer. Reprenez-en une copie sur sa page, elle se fait maintenant sous la clé neuve ; ou cherchez-le au registre : ./beffroi verifier --journal, l'adresse de ce site, le nom du fichier.";

const ESSAIS: Record<Verdict, string> = {
  intact: "Il est intact, et ne vaut rien : rien n'a été déposé pour de vrai.",
  not_established: "Il s'accorde avec lui-même, et ne vaut rien : rien n'a été déposé pour de vrai.",
  false: "Il vient d'un autre registre que celui-ci, et ne vaut rien : rien n'a été déposé pour de vrai.",
  unreadable: "Il ne se lit pas en entier, et ne vaut rien : rien n'a été déposé pour de vrai.",
};

/** Ce que la commande vérifie et que cette page reconnaît : un nom qui n'est que là, et ce que c'est. */
const AUTRES_PREUVES: [string, string][] = [
  ["ecritures.json", "un dossier de preuve"],
  ["manifest.xml", "un paquet d'archives"],
  ["organisme.json", "une archive de restitution"],
];

let rapport: ReceiptReport | null = null;

/** Les clés que ce site publie ; sans elles, rien n'est dit authentique. */
async function clesPubliees(): Promise<string> {
  try {
    const reponse = await fetch("/journal/cles.json", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!reponse.ok) return "";
    const { journal, registre } = (await reponse.json()) as { journal?: string | string[]; registre?: string[] };
    const cles = registre ?? journal ?? "";
    return Array.isArray(cles) ? cles.join("\n") : cles;
  } catch {
    return "";
  }
}

async function verifierLeRecu(octets: Uint8Array): Promise<void> {
  montrer(un("[data-resultat]"), [element("p", {}, etat("cours", "Vérification en cours…", "attente"))]);
  // La clé publiée ici ne vaut que pour les récépissés d'ici : à défaut, celle de l'archive, et cela se dit.
  const trustedLogKeys = await clesPubliees();
  const fichiers = await readZip(octets).catch(() => null);
  if (fichiers?.has(NOTE)) return direLAttestation(fichiers, trustedLogKeys);
  const autre = AUTRES_PREUVES.find(([nom]) => fichiers?.has(nom));
  if (autre) return direLaCommande(autre[1]);
  rapport = await verifyReceipt(octets, trustedLogKeys ? { trustedLogKeys } : {});
  montrer(un("[data-resultat]"), [conclusion(rapport), ...details(rapport), liste(rapport.checks)]);
  const suite = un("[data-fichiers]");
  if (suite) suite.hidden = rapport.record === null;
  if (rapport.record && rapport.manifests.length === 0) ecrire(un("[data-fichiers-aide]"), "Cette copie n'a pas les empreintes en clair : seuls les fichiers scellés (.age) se comparent.");
}

/** Une attestation de test n'est pas un récépissé : elle le dit, et n'ouvre pas la comparaison des fichiers. */
async function direLAttestation(fichiers: Map<string, Bytes>, cles: string): Promise<void> {
  rapport = null;
  const suite = un("[data-fichiers]");
  if (suite) suite.hidden = true;
  try {
    const { service, etablieLe, connue } = await verifierAttestation(fichiers, cles);
    const jour = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", dateStyle: "full" }).format(etablieLe);
    const texte = `Établie par ${service} le ${jour} à ${heure(etablieLe)}, heure de Paris. Elle dit qu'un poste a été testé, non qu'une réponse a été déposée.`;
    const bandeau = connue
      ? banniere("ok", "L'attestation de test est authentique", element("p", {}, texte))
      : banniere("attention", "L'attestation de test s'accorde avec elle-même", element("p", {}, texte), element("p", {}, SANS_CLE));
    montrer(un("[data-resultat]"), [bandeau]);
  } catch (erreur) {
    const raison = erreur instanceof Error ? erreur.message : "";
    montrer(un("[data-resultat]"), [banniere("danger", "L'attestation de test n'est pas vérifiée", element("p", {}, raison))]);
  }
}

/** Une autre preuve se vérifie par la commande : rien n'est conclu ici, et cela se dit. */
function direLaCommande(quoi: string): void {
  rapport = null;
  const suite = un("[data-fichiers]");
  if (suite) suite.hidden = true;
  const texte = "Cette page n'en conclut rien. La commande le vérifie, hors connexion : ./beffroi verifier, suivi du nom du fichier.";
  montrer(un("[data-resultat]"), [banniere("info", `Ce n'est pas un récépissé : c'est ${quoi}`, element("p", {}, texte))]);
}

function conclusion(lu: ReceiptReport): HTMLElement {
  const { verdict, record } = lu;
  if (record?.espace) return banniere("attention", `${record.recepisse} est un récépissé d'essai`, element("p", {}, ESSAIS[verdict]));
  if (!record || verdict === "unreadable") return banniere("danger", "Ce fichier n'est pas un récépissé lisible", element("p", {}, "Demandez une copie neuve, ou appelez-nous."));
  if (verdict === "intact") return banniere("ok", `Le récépissé ${record.recepisse} est authentique`, element("p", {}, "La clé que ce site publie l'a signé, et rien n'y a été changé depuis le dépôt."));
  if (verdict === "false") return laFaute(lu, record.recepisse);
  if (nEstPasControle(lu, "checkpoint")) return banniere("attention", `Le récépissé ${record.recepisse} n'est pas établi`, element("p", {}, CLE_VOLEE));
  return nEstPasControle(lu, "deadline") ? lHeureEnDoute(lu, record) : banniere("attention", `Le récépissé ${record.recepisse} s'accorde avec lui-même`, element("p", {}, SANS_CLE));
}

function laFaute({ checks }: ReceiptReport, recepisse: string): HTMLElement {
  const faute = checks.find(({ outcome }) => outcome === "failed");
  const quoi = faute ? `Ce point n'est pas vérifié : ${INTITULES[faute.name].toLowerCase()}.` : "Un contrôle obligatoire manque.";
  return banniere("danger", `Le récépissé ${recepisse} n'est pas vérifié`, element("p", {}, `${quoi} Demandez une copie neuve, ou appelez-nous.`));
}

function nEstPasControle({ checks }: ReceiptReport, quoi: CheckName): boolean {
  return checks.some(({ name, outcome }) => name === quoi && outcome === "not_checked");
}

function lHeureEnDoute({ timestamp }: ReceiptReport, record: ReceiptRecord): HTMLElement {
  const heures = `Le récépissé dit ${instantExact(new Date(record.recu_le))}, son jeton ${timestamp ? instantExact(timestamp) : "rien de lisible"} ; l'heure limite était ${instantExact(new Date(record.date_limite))}. Rien ne dit lequel est juste : ce dépôt n'est pas dit dans les délais.`;
  return banniere("attention", `L'heure du récépissé ${record.recepisse} n'est pas établie`, element("p", {}, heures));
}

function instantExact(le: Date): string {
  const jour = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", dateStyle: "full" }).format(le);
  return `${jour} à ${heure(le)},${String(le.getUTCMilliseconds()).padStart(3, "0")}`;
}

function details(lu: ReceiptReport): HTMLElement[] {
  const { record, logIndex } = lu;
  if (!record) return [];
  const lignes: [string, string][] = [
    ["Déposant", `${record.deposant.nom}, ${record.deposant.identifiant}`],
    ["Acheteur", record.acheteur.nom],
    ["Consultation", `${record.consultation.reference}, ${record.consultation.titre}`],
    ["Reçue le", `${instantExact(new Date(record.recu_le))}, heure de Paris`],
    ["Délai", delai(lu, record)],
    ["Fichiers", pluriel(record.enveloppes.reduce((somme, { fichiers }) => somme + fichiers.length, 0), "fichier scellé", "fichiers scellés")],
  ];
  if (logIndex !== null) lignes.push(["Place au registre", `Écriture n° ${logIndex.toLocaleString("fr-FR")}`]);
  return [element("dl", { class: "fiche" }, ...lignes.map(([nom, valeur]) => element("div", {}, element("dt", {}, nom), element("dd", {}, valeur))))];
}

function delai({ checks }: ReceiptReport, record: ReceiptRecord): string {
  const etabli = checks.some(({ name, outcome }) => name === "deadline" && outcome === "ok");
  if (!etabli) return "Non établi";
  return record.hors_delai ? "Hors délai" : "Dans les délais";
}

function liste(checks: Check[]): HTMLElement {
  return element("ul", { class: "controles" }, ...checks.map(ligne));
}

function ligne({ name, outcome, detail }: Check): HTMLElement {
  const intitule = INTITULES[name];
  if (outcome === "ok") return element("li", {}, etat("ok", "Vérifié"), ` : ${intitule}`);
  if (outcome === "failed") return element("li", {}, etat("danger", "Refusé"), ` : ${intitule}`, element("details", {}, element("summary", {}, "Détail technique"), element("code", { lang: "en" }, detail)));
  if (outcome === "absent") return element("li", {}, etat("gris", "Absent"), ` : ${ABSENCES[name] ?? intitule}`);
  return element("li", {}, etat("attention", "Pas contrôlé ici"), ` : ${intitule}. ${NON_CONTROLES[name] ?? ""}`);
}

async function comparer(fichiers: File[]): Promise<void> {
  const cible = un("[data-comparaison]");
  if (!cible || !rapport) return;
  const lignes: HTMLElement[] = [];
  for (const [rang, fichier] of fichiers.entries()) {
    montrer(cible, [...lignes, element("p", {}, etat("cours", `Lecture de ${rang + 1} sur ${fichiers.length}…`, "attente"))]);
    lignes.push(await compare(fichier, rapport));
  }
  montrer(cible, [element("ul", { class: "controles" }, ...lignes)]);
}

async function compare(fichier: File, recu: ReceiptReport): Promise<HTMLElement> {
  const nom = nomDeFichier(fichier.name);
  try {
    return resultat(matchFile(fichier.name, await hashBlob(fichier), recu), nom, fichier.size);
  } catch {
    return element("li", {}, etat("danger", "Illisible"), " : ", nom, ". Fermez-le dans les autres logiciels, puis recommencez.");
  }
}

function resultat({ kind, expected, name }: FileMatch, nom: HTMLElement, octets: number): HTMLElement {
  const precision = `, ${taille(octets)}`;
  if (kind === "unknown") return element("li", {}, etat("danger", "Différent"), " : ", nom, `${precision}. Ce fichier n'est pas dans ce dépôt, ou il a changé.`);
  if (kind === "incomparable") return element("li", {}, etat("attention", "Ne se compare pas"), " : ", nom, `${precision}. Cette copie n'a pas les empreintes en clair : choisissez plutôt la copie complète, que l'entreprise a enregistrée.`);
  const sorte = kind === "clear" ? "C'est le fichier que vous avez déposé" : "C'est le fichier scellé que le serveur a reçu";
  const renomme = expected && expected !== name ? element("span", {}, " Il s'appelait ", nomDeFichier(expected), ".") : null;
  return element("li", {}, etat("ok", "Identique"), " : ", nom, `${precision}. ${sorte}.`, renomme);
}

/** Depuis la page du récépissé : « /verifier/#D-2026-00931 » le charge, et y ajoute les empreintes gardées ici. */
async function chargerDepuisLAdresse(): Promise<void> {
  const recepisse = /^#(D-\d{4}-\d{5,})$/.exec(location.hash)?.[1];
  if (!recepisse) return;
  try {
    const reponse = await fetch(`/depots/${recepisse}/recu.zip`, { cache: "no-store" });
    if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
    const octets = new Uint8Array(await reponse.arrayBuffer());
    const manifestes = await manifestesGardes(recepisse).catch(() => null);
    await verifierLeRecu(manifestes ? completerRecu(octets, manifestes) : octets);
  } catch {
    montrer(un("[data-resultat]"), [element("p", { role: "alert" }, etat("attention", "À choisir"), ` Le récépissé ${recepisse} ne s'est pas chargé. Choisissez votre fichier recu.zip.`)]);
  }
}

/** Une valeur que nul récépissé n'a (une date qui n'en est pas une) : rien n'en est conclu. */
function direIllisible(): void {
  rapport = null;
  montrer(un("[data-resultat]"), [banniere("danger", "Ce fichier n'est pas un récépissé lisible", element("p", {}, "Demandez une copie neuve, ou appelez-nous."))]);
}

function prendreLeRecu(fichiers: File[]): void {
  const premier = fichiers[0];
  montrer(un("[data-comparaison]"), []);
  if (premier) void premier.arrayBuffer().then((tampon) => verifierLeRecu(new Uint8Array(tampon))).catch(direIllisible);
}

function brancher(nom: string, recevoir: (fichiers: File[]) => void): void {
  const zone = un(`[data-depose="${nom}"]`);
  const choix = zone ? un<HTMLInputElement>("input", zone) : null;
  if (zone) accueillir(zone, recevoir);
  choix?.addEventListener("change", () => {
    recevoir([...(choix.files ?? [])]);
    choix.value = "";
  });
}

window.beffroiVerification = api;
const section = un("[data-verification]");
if (section) section.hidden = false;
protegerLaPage();
brancher("recu", prendreLeRecu);
brancher("fichiers", (fichiers) => void comparer(fichiers));
void chargerDepuisLAdresse();
document.documentElement.dataset["verification"] = "prete";
