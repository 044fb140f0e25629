/** Messages entre la page et l'ouvrier de scellement. */
import type { Tier } from "../sceau/cipher";

/** Un fichier entièrement scellé lors d'une visite précédente : ses octets sont dans la réserve, l'original n'est plus là. */
export interface FichierAbsent {
  absent: true;
  size: number;
}

export type Source = Blob | FichierAbsent;

export function estAbsent(source: Source): source is FichierAbsent {
  return "absent" in source;
}

/** Une pièce à sceller : `cle` la désigne d'une visite à l'autre dans le même navigateur. */
export interface Piece {
  cle: string;
  fichier: Source;
  destinataire: string;
}

export interface Ouverture {
  tailleScellee: number;
  nombreParties: number;
  /** Identifiant du fichier chez le serveur, quand un envoi avait commencé. */
  distant: string | null;
  /** Une clé d'avant ne peut plus servir : nouvelle clé, tout est à renvoyer, `distant` est à supprimer. */
  recommence: boolean;
  /** Parties scellées lors d'une visite précédente ; chacune est contrôlée avant de servir. */
  dejaScellees: number;
  /** Les octets scellés sont gardés sur le disque : la suite n'a plus besoin de les recalculer. */
  reserve: boolean;
  moteur: Tier;
  /** Désigne ce scellement chez le serveur : annoncé deux fois, il n'y a qu'un fichier. */
  scellement: string;
  /** Le même contenu est déjà parti sous cette clé, d'un autre onglet : rien n'est ouvert, rien n'est à sceller. */
  dejaEnvoye: ResultatScellement | null;
}

export interface PartieScellee {
  numero: number;
  taille: number;
  sha256: string;
  /** Absents quand la partie est déjà chez le serveur. */
  octets: ArrayBuffer | null;
}

export interface ResultatScellement {
  tailleClaire: number;
  tailleScellee: number;
  racine: string;
  /** Du fichier scellé entier. */
  sha256Scelle: string;
  /** Du fichier en clair : ne quitte pas ce navigateur, sinon dans le manifeste scellé. */
  sha256Clair: string;
}

/** Ce que sait faire l'ouvrier ; la page l'appelle par messages, les tests directement. */
export interface Scellement {
  ouvrir(piece: Piece): Promise<Ouverture>;
  /** Scelle d'avance dans la réserve ; sans réserve, ne fait rien. */
  scellerDAvance(cle: string): Promise<void>;
  partie(cle: string, numero: number, avecOctets: boolean): Promise<PartieScellee>;
  conclure(cle: string): Promise<ResultatScellement>;
  noterDistant(cle: string, distant: string | null): Promise<void>;
  /** Lâche le fichier ouvert, sans rien oublier de ce qui permet de reprendre. */
  fermer(cle: string): Promise<void>;
  /** Efface réserve, clé et carnet : après la fin, ou quand la pièce est retirée. */
  oublier(cle: string): Promise<void>;
  /** Efface la réserve et la clé d'une pièce reçue, en gardant ses empreintes pour le manifeste. */
  alleger(cle: string): Promise<void>;
  resultat(cle: string): Promise<ResultatScellement | null>;
  /** Vrai si ce navigateur a déjà envoyé ce contenu, entier, sous cette clé. */
  estDejaEnvoye(cle: string, fichier: Blob): Promise<boolean>;
  /** Efface tout ce que ce navigateur garde d'une réponse : `prefixe` commence ses clés. */
  oublierReponse(prefixe: string): Promise<void>;
}

export type NomDOperation = keyof Scellement;

export interface Demande {
  numero: number;
  operation: NomDOperation;
  arguments: unknown[];
}

/** Causes que la page doit distinguer ; le reste est une panne. */
export type CauseDeScellement = "fichier_modifie" | "fichier_illisible" | "autre_onglet" | "disque_plein" | "panne";

export type Reponse =
  | { numero: number; resultat: unknown }
  | { numero: number; cause: CauseDeScellement; message: string };

export class ScellementError extends Error {
  constructor(override readonly cause: CauseDeScellement, message: string) {
    super(message);
    this.name = "ScellementError";
  }
}
