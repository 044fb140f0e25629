/** Page de la présidence, au moment de tourner les clés : le code avec chacun, puis la clé recombinée. */
import { type Contribution, codeDeLaPresidence, codeLisible, contribuer, engager } from "../ouverture/code_court";
import { type CleEphemere, creerCleEphemere, reconstituer, remettreAuCoffre } from "../ouverture/reconstitution";
import { CLES_A_TOURNER, type Etat, type PlaceVue, Refus, Serveur, cleDemandee, direErreur, direQuelleCle, element, ouvrirLaSienne, proposerLesFentes, veiller } from "../ouverture/serveur";
import { base64, fromBase64 } from "../sceau/encoding";

const racine = element(document, "[data-role=presidence]");
const seance = racine.dataset.seance ?? "";
const serveur = new Serveur(racine.dataset.adresse ?? "", element<HTMLInputElement>(racine, "[name=csrfmiddlewaretoken]").value);
const bouton = element<HTMLButtonElement>(racine, "[data-tourner]");
const contributions = new Map<string, Contribution>();
const codes = new Map<string, string>();
let dernier: Etat | null = null;
let occupe = false;

async function tour(ephemere: CleEphemere): Promise<void> {
  if (occupe) return;
  const etat = await serveur.etat();
  dernier = etat;
  if (!CLES_A_TOURNER.includes(etat.etat)) return location.reload();
  proposerLesFentes(racine, etat.cles);
  if (etat.cle_ephemere !== ephemere.recipient) await annoncer(ephemere, []);
  else await avancerLesCodes(ephemere, etat.table ?? []);
  montrer(etat);
}

async function annoncer(ephemere: CleEphemere, places: PlaceVue[]): Promise<void> {
  const engagements: Record<string, string> = {};
  for (const { reference } of places) {
    const contribution = contribuer(ephemere.recipient);
    contributions.set(reference, contribution);
    engagements[reference] = (await engager(seance, contribution)).engagement;
  }
  await serveur.envoyer("codes", { cle_ephemere: ephemere.recipient, engagements });
}

async function avancerLesCodes(ephemere: CleEphemere, table: PlaceVue[]): Promise<void> {
  const nouvelles = table.filter(({ engage }) => !engage);
  nouvelles.forEach(({ reference }) => codes.delete(reference));
  if (nouvelles.length > 0) await annoncer(ephemere, nouvelles);
  const aleas: Record<string, string> = {};
  for (const { reference, destinataire, alea, revele } of table) {
    const sienne = contributions.get(reference);
    if (!sienne || !alea || codes.has(reference)) continue;
    codes.set(reference, await codeDeLaPresidence(seance, sienne, { destinataire, alea }));
    if (!revele) aleas[reference] = sienne.alea;
  }
  if (Object.keys(aleas).length > 0) await serveur.envoyer("codes", { aleas });
}

function ceQuOnAttend({ sans_conflit, alea, confirme, parts }: PlaceVue): string {
  if (Object.keys(parts).length > 0) return "Clé tournée";
  if (confirme) return "Code confirmé";
  if (!sans_conflit) return "Déclaration attendue";
  return alea ? "Lisez le code à voix haute" : "À la table";
}

function montrer(etat: Etat): void {
  const liste = element(racine, "[data-table]");
  const modele = element<HTMLTemplateElement>(racine, "[data-modele-de-place]");
  const lignes = (etat.table ?? []).map((place) => {
    const ligne = modele.content.cloneNode(true) as DocumentFragment;
    element(ligne, "[data-nom]").textContent = place.nom;
    element(ligne, "[data-etat]").textContent = ceQuOnAttend(place);
    const code = codes.get(place.reference);
    const case_ = element(ligne, "[data-code]");
    case_.hidden = !code;
    case_.textContent = code ? codeLisible(code) : "";
    return ligne;
  });
  const texte = (fragments: DocumentFragment[]) => fragments.map((fragment) => fragment.textContent).join("|");
  if (liste.dataset.vu !== texte(lignes)) {
    liste.dataset.vu = texte(lignes);
    liste.replaceChildren(...lignes);
  }
  const pret = estPret(etat);
  bouton.disabled = !pret;
  element(racine, "[data-message]").textContent = pret ? "Vous pouvez ouvrir." : "En attente des autres personnes.";
}

/** Le serveur revérifie tout : ceci n'évite que des clics inutiles. */
function estPret({ table = [], cles, seuil }: Etat): boolean {
  const sienne = cles.some(({ part }) => part) ? 1 : 0;
  const remises = table.filter(({ parts }) => Object.keys(parts).length > 0).length;
  return table.some(({ confirme }) => confirme) && sienne + remises >= seuil;
}

async function tourner(ephemere: CleEphemere): Promise<void> {
  const etat = dernier;
  if (!etat?.coffre) throw new Refus("Le coffre de la séance ne répond pas. Attendez une minute, puis recommencez.");
  const sienne = etat.cles.some(({ part }) => part) ? await ouvrirLaSienne(racine, etat.cles) : null;
  const graines: Record<string, string> = {};
  for (const cle of etat.cles) {
    const { sorte, part } = cle;
    const recues = (etat.table ?? []).flatMap(({ parts }) => (parts[sorte] ? [fromBase64(parts[sorte])] : []));
    const paire = await reconstituer({
      sienne: sienne && part ? { identite: sienne.identite, partScellee: fromBase64(part) } : null,
      recues,
      ephemere,
      demandee: cleDemandee(racine, cle),
    });
    graines[sorte] = base64(await remettreAuCoffre(paire, etat.coffre));
  }
  await serveur.envoyer("cles", { graines, avec_sa_part: sienne !== null });
  location.reload();
}

async function commencer(): Promise<void> {
  direQuelleCle(racine);
  const ephemere = await creerCleEphemere();
  bouton.addEventListener("click", () => {
    occupe = true;
    bouton.disabled = true;
    direErreur(racine, null);
    tourner(ephemere)
      .catch((erreur: unknown) => {
        direErreur(racine, erreur);
        bouton.disabled = false;
      })
      .finally(() => (occupe = false));
  });
  veiller(() => tour(ephemere), (erreur) => direErreur(racine, erreur));
}

commencer().catch((erreur: unknown) => direErreur(racine, erreur));
