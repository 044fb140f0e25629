/** Une ligne de fichier telle que l'écran la montre, quel que soit l'endroit d'où on la connaît. */
import type { EtatDePiece } from "../../depot/file_d_attente";
import type { FichierConnu } from "./donnees";

export type EtatDeLigne = "attente" | "envoi" | "en_pause" | "erreur" | "recu" | "interrompu" | "ailleurs" | "autre_onglet";

export interface Ligne {
  /** Clé dans ce navigateur. */
  cle: string;
  distant: string | null;
  enveloppe: string;
  lot: number | null;
  piece: string;
  nom: string;
  tailleClaire: number;
  etat: EtatDeLigne;
  pourcentage: number;
  resteMillisecondes: number | null;
  message: string | null;
  /** D'où vient ce message. */
  cause: string | null;
  recuLe: Date | null;
  depose: boolean;
  avertissements: string[];
}

/** Ce que ce navigateur sait d'une pièce en plus de la file : la pièce attendue, l'heure, les avertissements. */
export interface Suivi {
  piece: string;
  avertissements: string[];
  recuLe: Date | null;
  fichier: Blob | null;
}

export function ligneLocale(etat: EtatDePiece, suivi: Suivi, debit: number | null): Ligne {
  const { cle, enveloppe, lot, nom, tailleClaire, distant, message, cause } = etat;
  const reste = debit && etat.etat === "envoi" ? ((etat.tailleScellee - etat.octetsRecus) / debit) * 1000 : null;
  return {
    cle, distant, enveloppe, lot, nom, tailleClaire, message, cause, piece: suivi.piece, recuLe: suivi.recuLe, avertissements: suivi.avertissements,
    etat: cause === "autre_onglet" ? "autre_onglet" : etat.etat,
    pourcentage: etat.tailleScellee ? Math.min(99, Math.floor((etat.octetsRecus / etat.tailleScellee) * 100)) : 0,
    resteMillisecondes: reste, depose: false,
  };
}

export function ligneDuServeur(fichier: FichierConnu, cle: string, ici: boolean, avertissements: string[]): Ligne {
  const { enveloppe, lot, nom, piece, depose } = fichier;
  return {
    cle, distant: fichier.fichier, enveloppe, lot, nom, piece, depose, avertissements, tailleClaire: fichier.taille_claire,
    etat: fichier.etat === "termine" ? "recu" : ici ? "interrompu" : "ailleurs",
    pourcentage: 0, resteMillisecondes: null, message: null, cause: null, recuLe: fichier.termine_le ? new Date(fichier.termine_le) : null,
  };
}

export function estVivante(ligne: Ligne): boolean {
  return ligne.etat === "attente" || ligne.etat === "envoi" || ligne.etat === "en_pause" || ligne.etat === "erreur";
}

/** Les lignes d'une enveloppe, retrouvées par leur clé ou leur pièce sans tout parcourir. */
export class Lignes {
  private readonly parCle = new Map<string, Ligne>();
  private readonly parPiece = new Map<string, Ligne[]>();

  constructor(lignes: Ligne[]) {
    for (const ligne of lignes) {
      this.parCle.set(ligne.cle, ligne);
      if (ligne.piece) this.parPiece.set(ligne.piece, [...(this.parPiece.get(ligne.piece) ?? []), ligne]);
    }
  }

  /** Le fichier du même nom commencé ailleurs : lui seul attend, pour s'effacer, que ce navigateur ait la main. */
  commenceAilleurs(cle: string): string | null {
    const meme = this.parCle.get(cle);
    return meme?.etat === "ailleurs" ? meme.distant : null;
  }

  /** Celles qu'un nouveau fichier remplace : la même pièce, ou le même nom déjà reçu. */
  remplacees(cle: string, piece: string): Ligne[] {
    const meme = this.parCle.get(cle);
    const aRefaire = meme?.etat === "recu" ? [meme] : [];
    return [...aRefaire, ...(piece ? (this.parPiece.get(piece) ?? []).filter((ligne) => ligne.cle !== cle) : [])];
  }
}
