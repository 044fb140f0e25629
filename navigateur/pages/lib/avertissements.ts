/** Les avertissements d'un fichier, gardés le temps de l'onglet : la page suivante les redit. */
import type { Constat } from "../../depot/controles";

const gardes = new Map<string, string[]>();

function nomDeGarde(cle: string): string {
  return `beffroi-avertissements-${cle}`;
}

export function avertissementsGardes(cle: string): string[] {
  const connus = gardes.get(cle) ?? (JSON.parse(sessionStorage.getItem(nomDeGarde(cle)) ?? "[]") as string[]);
  gardes.set(cle, connus);
  return connus;
}

/** Rien n'est écrit pour un fichier sans reproche : dix mille suffiraient à remplir ce que le navigateur prête. */
export function garderLesAvertissements(cle: string, avertissements: string[]): void {
  gardes.set(cle, avertissements);
  try {
    if (avertissements.length > 0) sessionStorage.setItem(nomDeGarde(cle), JSON.stringify(avertissements));
    else sessionStorage.removeItem(nomDeGarde(cle));
  } catch {
    // Sans place, ils ne survivront pas à cette page. L'envoi, lui, continue.
  }
}

export function parPiece(constats: Constat<string>[]): Map<string, string[]> {
  const parCle = new Map<string, string[]>();
  for (const { piece, message } of constats) if (piece !== null) parCle.set(piece, [...(parCle.get(piece) ?? []), message]);
  return parCle;
}
