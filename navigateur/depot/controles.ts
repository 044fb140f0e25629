/** Contrôles avant l'envoi, dans le navigateur : trois arrêts, tout le reste avertit et laisse décider. */
import { type Examen, examiner } from "./examen";
import { bizarreriesDuNom, nomPropose } from "./noms";

export type CodeDArret = "illisible" | "limite" | "aucun_fichier";

export type CodeDAvertissement =
  | "vide" | "piece_manquante" | "meme_contenu" | "nom" | "mot_de_passe" | "macros" | "format"
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
  /** Extensions admises, sans point, en minuscules ; vide : toutes. */
  formats?: string[];
  resteMillisecondes?: number | null;
  tempsDEnvoiMillisecondes?: number | null;
  ordinateurDeregle?: boolean;
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

async function estLisible(fichier: Blob): Promise<boolean> {
  try {
    await fichier.slice(0, 1).arrayBuffer();
    await fichier.slice(Math.max(0, fichier.size - 1)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function arretsDeLimite({ pieces, limites }: Demandes): Constat<CodeDArret>[] {
  const arrets: Constat<CodeDArret>[] = [];
  const arreter = (piece: string | null, message: string) => arrets.push({ code: "limite", piece, message });
  const { octetsParFichier = Infinity, octetsParReponse = Infinity, fichiers = Infinity, octetsDuNom = Infinity } = limites;
  for (const { cle, nom, fichier } of pieces) {
    if (fichier.size > octetsParFichier) arreter(cle, `Ce fichier fait ${octets(fichier.size)}. La limite est de ${octets(octetsParFichier)} par fichier.`);
    if (new TextEncoder().encode(nom).length > octetsDuNom) arreter(cle, `Ce nom est trop long. La limite est de ${octetsDuNom} octets.`);
  }
  const total = pieces.reduce((somme, { fichier }) => somme + fichier.size, 0);
  if (total > octetsParReponse) arreter(null, `Votre réponse fait ${octets(total)}. La limite est de ${octets(octetsParReponse)}.`);
  if (pieces.length > fichiers) arreter(null, `Votre réponse a ${pieces.length} fichiers. La limite est de ${fichiers}.`);
  return arrets;
}

async function arrets(demandes: Demandes): Promise<Constat<CodeDArret>[]> {
  const constats = arretsDeLimite(demandes);
  if (demandes.pieces.length === 0) constats.push({ code: "aucun_fichier", piece: null, message: "Ajoutez au moins un fichier." });
  for (const { cle, fichier } of demandes.pieces) {
    if (!(await estLisible(fichier))) constats.push({ code: "illisible", piece: cle, message: "Votre navigateur n'arrive pas à lire ce fichier. Fermez-le dans les autres logiciels, puis choisissez-le de nouveau." });
  }
  return constats;
}

function avertissementsDuNom({ cle, nom, enveloppe }: PieceAControler, formats: string[]): Constat<CodeDAvertissement>[] {
  const constats: Constat<CodeDAvertissement>[] = [];
  const bizarreries = bizarreriesDuNom(nom);
  if (bizarreries.length > 0) constats.push({ code: "nom", piece: cle, message: `Ce nom peut gêner : ${bizarreries.join(", ")}. Nom proposé : « ${nomPropose(nom)} ».` });
  const extension = /\.([^.]+)$/.exec(nom)?.[1]?.toLowerCase() ?? "";
  if (formats.length > 0 && !formats.includes(extension)) constats.push({ code: "format", piece: cle, message: `Ce format n'est pas dans la liste de l'acheteur : ${formats.join(", ")}.` });
  if (enveloppe === "candidature" && MOTS_DE_PRIX.test(sansAccents(nom))) constats.push({ code: "prix_en_candidature", piece: cle, message: "Ce fichier semble contenir un prix. Un prix se met dans l'offre, pas dans la candidature." });
  return constats;
}

async function examenSur(piece: PieceAControler): Promise<Examen> {
  try {
    return await examiner(piece.fichier, piece.nom);
  } catch {
    // Un fichier trop abîmé pour être examiné n'est pas, pour autant, refusé.
    return { motDePasse: false, macros: false };
  }
}

async function avertissementsDuContenu(piece: PieceAControler): Promise<Constat<CodeDAvertissement>[]> {
  const constats: Constat<CodeDAvertissement>[] = [];
  const avertir = (code: CodeDAvertissement, message: string) => constats.push({ code, piece: piece.cle, message });
  if (piece.fichier.size === 0) avertir("vide", "Ce fichier est vide.");
  const { motDePasse, macros } = await examenSur(piece);
  if (motDePasse) avertir("mot_de_passe", "Ce fichier est protégé par un mot de passe. L'acheteur ne pourra pas l'ouvrir.");
  if (macros) avertir("macros", "Ce fichier contient des macros ou un programme. L'acheteur peut refuser de l'ouvrir.");
  return constats;
}

const PAS_DE_COMPARAISON = 1024 * 1024;

async function ontLeMemeContenu(a: Blob, b: Blob): Promise<boolean> {
  for (let debut = 0; debut < a.size; debut += PAS_DE_COMPARAISON) {
    const [gauche, droite] = await Promise.all([a, b].map(async (fichier) => new Uint8Array(await fichier.slice(debut, debut + PAS_DE_COMPARAISON).arrayBuffer())));
    if (!gauche || !droite || gauche.some((octet, i) => octet !== droite[i])) return false;
  }
  return true;
}

/** Seuls les fichiers de même taille sont comparés, octet par octet, jusqu'à la première différence. */
async function doublons(pieces: PieceAControler[]): Promise<Constat<CodeDAvertissement>[]> {
  const constats: Constat<CodeDAvertissement>[] = [];
  const parTaille = new Map<number, PieceAControler[]>();
  for (const piece of pieces.filter(({ fichier }) => fichier.size > 0)) {
    const vues = parTaille.get(piece.fichier.size) ?? [];
    for (const vue of vues) {
      if (!(await ontLeMemeContenu(vue.fichier, piece.fichier).catch(() => false))) continue;
      constats.push({ code: "meme_contenu", piece: piece.cle, message: `Ce fichier a le même contenu que « ${vue.nom} ».` });
      break;
    }
    parTaille.set(piece.fichier.size, [...vues, piece]);
  }
  return constats;
}

function piecesManquantes({ pieces, attendues = [] }: Demandes): Constat<CodeDAvertissement>[] {
  const fournies = new Set(pieces.map(({ attendue }) => attendue));
  return attendues
    .filter(({ identifiant, obligatoire }) => obligatoire && !fournies.has(identifiant))
    .map(({ libelle }) => ({ code: "piece_manquante", piece: null, message: `L'acheteur attend aussi : ${libelle}.` }));
}

function avertissementsDeTemps({ resteMillisecondes, tempsDEnvoiMillisecondes, ordinateurDeregle }: Demandes): Constat<CodeDAvertissement>[] {
  const constats: Constat<CodeDAvertissement>[] = [];
  if (ordinateurDeregle) constats.push({ code: "horloge_ordinateur", piece: null, message: "L'horloge de votre ordinateur n'est pas à l'heure. Seule l'heure du serveur compte." });
  const trop = resteMillisecondes != null && tempsDEnvoiMillisecondes != null && tempsDEnvoiMillisecondes > Math.max(0, resteMillisecondes);
  if (trop) constats.push({ code: "temps_insuffisant", piece: null, message: "À ce débit, l'envoi finira après l'heure limite. Commencez par l'acte d'engagement." });
  return constats;
}

export async function controler(demandes: Demandes): Promise<Bilan> {
  const constats = await arrets(demandes);
  const illisibles = new Set(constats.filter(({ code }) => code === "illisible").map(({ piece }) => piece));
  const lisibles = demandes.pieces.filter(({ cle }) => !illisibles.has(cle));
  const contenus: Constat<CodeDAvertissement>[][] = [];
  // Un fichier après l'autre : dix mille lectures ensemble épuiseraient le navigateur.
  for (const piece of lisibles) contenus.push(await avertissementsDuContenu(piece));
  const noms = demandes.pieces.map((piece) => avertissementsDuNom(piece, demandes.formats ?? []));
  const avertissements = [...noms.flat(), ...contenus.flat(), ...(await doublons(lisibles)), ...piecesManquantes(demandes), ...avertissementsDeTemps(demandes)];
  return { arrets: constats, avertissements };
}
