/** Ce que les pages de clés partagent : dire où l'on en est, dire ce qui a échoué, envoyer du JSON. */
import { base64 } from "../sceau/encoding";
import type { FenteScellee } from "./identite";

export function requis<T extends Element = HTMLElement>(selecteur: string, racine: ParentNode = document): T {
  const trouve = racine.querySelector<T>(selecteur);
  if (!trouve) throw new Error(`élément absent : ${selecteur}`);
  return trouve;
}

export function donnees<T>(): T {
  return JSON.parse(requis("#donnees").textContent ?? "") as T;
}

export function dire(texte: string): void {
  requis("[data-statut]").textContent = texte;
}

export function direErreur(texte: string): void {
  const banniere = requis("[data-erreur]");
  requis("[data-erreur-texte]").textContent = texte;
  banniere.hidden = texte === "";
  if (texte) banniere.scrollIntoView({ block: "nearest" });
}

/** Une étape à la fois ; le foyer va au titre, pour que le lecteur d'écran l'annonce. */
export function montrer(etape: string): void {
  for (const bloc of document.querySelectorAll<HTMLElement>("[data-etape]")) bloc.hidden = bloc.dataset.etape !== etape;
  requis(`[data-etape="${etape}"]`).querySelector<HTMLElement>("[tabindex='-1']")?.focus();
}

export class Refus extends Error {}

export async function envoyer<T>(corps: unknown, adresse = location.pathname): Promise<T> {
  let reponse: Response;
  try {
    reponse = await fetch(adresse, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": requis<HTMLInputElement>("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify(corps),
    });
  } catch {
    throw new Refus("La connexion est coupée. Rien n'est perdu : recommencez dès son retour.");
  }
  if (reponse.redirected || !reponse.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new Refus("Votre session est fermée, ou le service ne répond pas. Rechargez la page.");
  }
  const recu = (await reponse.json()) as { message?: string };
  if (!reponse.ok) throw new Refus(recu.message ?? "Le service a refusé l'envoi. Rechargez la page.");
  return recu as T;
}

/** Chaque fente est rouverte à l'instant où elle est faite (sceau/slots) : `essayee` le dit au service. */
export function fenteEnvoyee({ sorte, libelle, contenu, parametres }: FenteScellee): Record<string, unknown> {
  return { sorte, libelle, contenu: base64(contenu), parametres, essayee: true };
}

/** Tant que l'acte dure, le bouton ne se clique pas deux fois. */
export async function pendant(formulaire: ParentNode, acte: () => Promise<void>, secours: string): Promise<void> {
  const boutons = [...formulaire.querySelectorAll("button")];
  for (const bouton of boutons) bouton.disabled = true;
  direErreur("");
  try {
    await acte();
  } catch (erreur) {
    direErreur(erreur instanceof Refus ? erreur.message : secours);
  } finally {
    dire("");
    for (const bouton of boutons) bouton.disabled = false;
  }
}
