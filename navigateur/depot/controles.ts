/** Contrôles avant l'envoi, dans le navigateur : trois arrêts, tout le reste avertit et laisse décider. */
import { doublons, quelquesUnsALaFois } from "./doublons";
import { type Examen, type Lisible, examiner } from "./examen";
import { autreConsultation, bizarreriesDuNom, nomPropose, nomSansMontant } from "./noms";

export type CodeDArret = "illisible" | "limite" | "aucun_fichier";

export type CodeDAvertissement =
  | "vide" | "piece_manquante" | "meme_contenu" | "nom" | "montant_dans_le_nom" | "autre_consultation" | "mot_de_passe" | "macros" | "format"
  | "prix_en_candidature" | "temps_insuffisant" | "horloge_ordinateur";

export interface Constat<C extends string> {
  code: C;
  /** Clé de la pièce, ou `null` pour toute la réponse. */
  piece: string | null;
  message: string;
}

export interface PieceAControler {
  cle: string;
  nom: string;
  enveloppe: string;
  lot: number | null;
  fichier: Blob;
  /** Identifiant de la pièce attendue à laquelle elle répond. */
  attendue?: string;
  /** Extensions admises pour cette pièce, sans point, en minuscules ; absentes : toutes. */
  formats?: string[];
  /** Déjà contrôlée, et ajoutée : elle ne sert plus qu'à compter et à comparer. */
  dejaVue?: boolean;
}

/** Limites du serveur, mesurées en clair comme lui ; absente, une limite n'est pas contrôlée ici. */
export interface Limites {
  octetsParFichier?: number;
  octetsParReponse?: number;
  fichiers?: number;
  octetsDuNom?: number;
}

export interface Demandes {
  pieces: PieceAControler[];
  limites: Limites;
  attendues?: { identifiant: string; libelle: string; enveloppe: string; lot: number | null; obligatoire: boolean }[];
  /** La consultation à laquelle on répond. */
  consultation?: string;
  resteMillisecondes?: number | null;
  tempsDEnvoiMillisecondes?: number | null;
  ordinateurDeregle?: boolean;
  /** Dit combien de fichiers sont contrôlés, sur combien. */
  surProgres?: (faits: number, nombre: number) => void;
}

export interface Bilan {
  arrets: Constat<CodeDArret>[];
  avertissements: Constat<CodeDAvertissement>[];
}

const MOTS_DE_PRIX = /(?:^|[^a-z])(?:dpgf|bpu|dqe|prix|devis|tarifs?|bordereau|acte[ _-]?d['’ _-]?engagement|ae)(?:[^a-z]|$)/;

function sansAccents(texte: string): string {
  return texte.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

function octets(valeur: number): string {
  const unites: [number, string][] = [[1e9, "Go"], [1e6, "Mo"], [1e3, "ko"]];
  const [diviseur, unite] = unites.find(([seuil]) => valeur >= seuil) ?? [1, "octets"];
  return `${(valeur / diviseur).toLocaleString("fr-FR", { maximumFractionDigits: 1 })} ${unite}`;
}

const nombre = (valeur: number) => valeur.toLocaleString("fr-FR");

const DECOUPER = "Découpez-le, ou remettez une copie de sauvegarde à l'acheteur.";
const ALLEGER = "Allégez-la, ou remettez une copie de sauvegarde à l'acheteur.";
const PETIT = 64 * 1024;

/** Un petit fichier se lit une fois, en entier ; d'un gros, on s'assure des deux bouts. `null` s'il est illisible. */
async function aLire(fichier: Blob): Promise<Lisible | null> {
  try {
    if (fichier.size <= PETIT) return enMemoire(new Uint8Array(await fichier.arrayBuffer()));
    await fichier.slice(0, 1).arrayBuffer();
    await fichier.slice(fichier.size - 1).arrayBuffer();
    return fichier;
  } catch {
    return null;
  }
}

function enMemoire(octetsLus: Uint8Array<ArrayBuffer>): Lisible {
  return { size: octetsLus.length, slice: (debut, fin) => ({ arrayBuffer: async () => octetsLus.slice(debut, fin).buffer }) };
}

function arretsDeLimite({ pieces, limites }: Demandes): Constat<CodeDArret>[] {
  const arrets: Constat<CodeDArret>[] = [];
  const arreter = (piece: string | null, message: string) => arrets.push({ code: "limite", piece, message });
  const { octetsParFichier = Infinity, octetsParReponse = Infinity, fichiers = Infinity, octetsDuNom = Infinity } = limites;
  for (const { cle, nom, fichier } of pieces) {
    if (fichier.size > octetsParFichier) arreter(cle, `Ce fichier fait ${octets(fichier.size)}. La limite est de ${octets(octetsParFichier)} par fichier. ${DECOUPER}`);
    if (new TextEncoder().encode(nom).length > octetsDuNom) arreter(cle, `Ce nom est trop long. La limite est de ${octetsDuNom} octets.`);
  }
  const total = pieces.reduce((somme, { fichier }) => somme + fichier.size, 0);
  if (total > octetsParReponse) arreter(null, `Votre réponse fait ${octets(total)}. La limite est de ${octets(octetsParReponse)}. ${ALLEGER}`);
  if (pieces.length > fichiers) arreter(null, `Votre réponse a ${nombre(pieces.length)} fichiers. La limite est de ${nombre(fichiers)}. Réunissez-en plusieurs dans une archive ZIP.`);
  return arrets;
}

/** Ce qui se dit d'un fichier sans le lire. Le serveur le redit à qui vient d'ailleurs, avec les mêmes phrases. */
function avertissementsDuNom({ cle, nom, enveloppe, formats = [] }: PieceAControler, consultation: string): Constat<CodeDAvertissement>[] {
  const constats: Constat<CodeDAvertissement>[] = [];
  const avertir = (code: CodeDAvertissement, message: string) => constats.push({ code, piece: cle, message });
  const bizarreries = bizarreriesDuNom(nom);
  const neutre = nomSansMontant(nom);
  const autre = autreConsultation(nom, consultation);
  const extension = /\.([^.]+)$/.exec(nom)?.[1]?.toLowerCase() ?? "";
  if (bizarreries.length > 0) avertir("nom", `Ce nom peut gêner : ${bizarreries.join(", ")}. Nom proposé : « ${nomPropose(nom)} ».`);
  if (neutre) avertir("montant_dans_le_nom", `Ce nom semble dire un montant, et un nom n'est pas scellé. Renommez ce fichier : « ${neutre} », par exemple.`);
  if (consultation && autre) avertir("autre_consultation", `Ce nom porte la référence d'une autre consultation : ${autre}. Celle-ci est ${consultation}.`);
  if (formats.length > 0 && !formats.includes(extension)) avertir("format", `Ce format n'est pas dans la liste de l'acheteur : ${formats.join(", ")}.`);
  if (enveloppe === "candidature" && MOTS_DE_PRIX.test(sansAccents(nom))) avertir("prix_en_candidature", "Ce fichier semble contenir un prix. Un prix se met dans l'offre, pas dans la candidature.");
  return constats;
}

async function examenSur(fichier: Lisible, nom: string): Promise<Examen> {
  try {
    return await examiner(fichier, nom);
  } catch {
    // Un fichier trop abîmé pour être examiné n'est pas, pour autant, refusé.
    return { motDePasse: false, macros: false };
  }
}

async function avertissementsDuContenu(piece: PieceAControler, fichier: Lisible): Promise<Constat<CodeDAvertissement>[]> {
  const constats: Constat<CodeDAvertissement>[] = [];
  const avertir = (code: CodeDAvertissement, message: string) => constats.push({ code, piece: piece.cle, message });
  if (fichier.size === 0) avertir("vide", "Ce fichier est vide.");
  const { motDePasse, macros } = await examenSur(fichier, piece.nom);
  if (motDePasse) avertir("mot_de_passe", "Ce fichier est protégé par un mot de passe. L'acheteur ne pourra pas l'ouvrir.");
  if (macros) avertir("macros", "Ce fichier contient des macros ou un programme. L'acheteur peut refuser de l'ouvrir.");
  return constats;
}

async function memesContenus(pieces: PieceAControler[]): Promise<Constat<CodeDAvertissement>[]> {
  return (await doublons(pieces)).map(({ piece, original }) => ({ code: "meme_contenu", piece: piece.cle, message: `Ce fichier a le même contenu que « ${original.nom} ».` }));
}

function piecesManquantes({ pieces, attendues = [] }: Demandes): Constat<CodeDAvertissement>[] {
  const fournies = new Set(pieces.map(({ attendue }) => attendue));
  return attendues
    .filter(({ identifiant, obligatoire }) => obligatoire && !fournies.has(identifiant))
    .map(({ libelle }) => ({ code: "piece_manquante", piece: null, message: `L'acheteur attend aussi : ${libelle}.` }));
}

const ENGAGEMENT = /(?:^|[^a-z])(?:acte[ _-]?d['’ _-]?engagement|ae)(?:[^a-z]|$)/;
const ORDRE_AU_PLUS = 5;

/** L'acte d'engagement d'abord, puis du plus léger au plus lourd : le plus de pièces possible sera là à l'heure. */
function ordrePropose(pieces: PieceAControler[]): string {
  const neuves = pieces.filter(({ dejaVue }) => !dejaVue);
  if (neuves.length < 2) return "";
  const rang = ({ nom }: PieceAControler) => (ENGAGEMENT.test(sansAccents(nom)) ? 0 : 1);
  const rangees = [...neuves].sort((a, b) => rang(a) - rang(b) || a.fichier.size - b.fichier.size);
  const suite = rangees.length > ORDRE_AU_PLUS ? ", puis les autres" : "";
  return ` Ordre proposé : ${rangees.slice(0, ORDRE_AU_PLUS).map(({ nom }) => `« ${nom} »`).join(", ")}${suite}.`;
}

function avertissementsDeTemps({ pieces, resteMillisecondes, tempsDEnvoiMillisecondes, ordinateurDeregle }: Demandes): Constat<CodeDAvertissement>[] {
  const constats: Constat<CodeDAvertissement>[] = [];
  if (ordinateurDeregle) constats.push({ code: "horloge_ordinateur", piece: null, message: "L'horloge de votre ordinateur n'est pas à l'heure. Seule l'heure du serveur compte." });
  const trop = resteMillisecondes != null && tempsDEnvoiMillisecondes != null && tempsDEnvoiMillisecondes > Math.max(0, resteMillisecondes);
  if (trop) constats.push({ code: "temps_insuffisant", piece: null, message: `À ce débit, l'envoi finira après l'heure limite. Commencez par l'acte d'engagement.${ordrePropose(pieces)}` });
  return constats;
}

const ILLISIBLE = "Votre navigateur n'arrive pas à lire ce fichier. Fermez-le dans les autres logiciels, puis choisissez-le de nouveau.";

/** Ce que la lecture d'un fichier apprend : `null` s'il est illisible. */
async function lire(piece: PieceAControler): Promise<Constat<CodeDAvertissement>[] | null> {
  const lisible = await aLire(piece.fichier);
  return lisible ? avertissementsDuContenu(piece, lisible) : null;
}

export async function controler(demandes: Demandes): Promise<Bilan> {
  const { pieces, consultation = "", surProgres } = demandes;
  const arrets = arretsDeLimite(demandes);
  if (pieces.length === 0) arrets.push({ code: "aucun_fichier", piece: null, message: "Ajoutez au moins un fichier." });
  const neuves = pieces.filter(({ dejaVue }) => !dejaVue);
  let faits = 0;
  const lectures = await quelquesUnsALaFois(neuves, lire, () => surProgres?.(++faits, neuves.length));
  const illisibles = new Set(neuves.filter((_, rang) => lectures[rang] === null));
  for (const { cle } of illisibles) arrets.push({ code: "illisible", piece: cle, message: ILLISIBLE });
  const contenus = lectures.flatMap((constats) => constats ?? []);
  const noms = neuves.flatMap((piece) => avertissementsDuNom(piece, consultation));
  const memes = await memesContenus(pieces.filter((piece) => !illisibles.has(piece)));
  return { arrets, avertissements: [...noms, ...contenus, ...memes, ...piecesManquantes(demandes), ...avertissementsDeTemps(demandes)] };
}
