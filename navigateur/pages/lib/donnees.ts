/** Ce que le serveur donne avec la page d'une réponse. */
import type { PublishedKey } from "../../sceau/key_record";
import { un } from "./dom";

export interface FichierConnu {
  fichier: string;
  enveloppe: string;
  lot: number | null;
  nom: string;
  taille: number;
  taille_claire: number;
  etat: string;
  termine_le: string | null;
  piece: string;
  depose: boolean;
  racine: string;
  sha256_scelle: string;
  /** Ce que le serveur peut dire de ce fichier sans le lire : son nom, son format, sa taille. */
  avertissements: string[];
}

export interface PieceAttendue {
  piece: string;
  intitule: string;
  formats: string;
  formats_lisibles: string;
  enveloppe: string;
  lot: number | null;
}

export interface CleDEnveloppe {
  destinataire: string;
  empreinte: string;
  /** De quoi la vérifier avant de sceller ; absente si le registre ne tient pas cette clé. */
  preuve: PublishedKey | null;
}

export interface Donnees {
  reponse: string;
  consultation: string;
  jeton: string;
  date_limite: string;
  limites: Record<string, number>;
  cles: Record<string, CleDEnveloppe>;
  /** La clé publique du registre. */
  journal: string;
  /** Certificats de l'autorité d'horodatage du registre, en PEM. */
  horodatage?: string;
  place: { enveloppe: string; lot: number | null } | null;
  attendues: PieceAttendue[];
  fichiers: FichierConnu[];
  depot: string | null;
  recoit_encore: boolean;
  adresses: { ouvrier: string; seance: string; fichiers: string; connexion: string; recepisses: string; reponse: string; traces: string };
}

export function lireLesDonnees(): Donnees | null {
  const texte = un("#donnees-de-la-reponse")?.textContent;
  return texte ? (JSON.parse(texte) as Donnees) : null;
}
