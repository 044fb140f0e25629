/** Ce que le serveur répond quand il refuse, et ce que cela veut dire pour la personne. */

export type SensDErreur =
  | "reseau"          // pas de réponse : on réessaie
  | "serveur"         // 5xx, 429, 408 : on réessaie
  | "session"         // 401 : se reconnecter, puis continuer
  | "interdit"        // 403
  | "absent"          // 404
  | "conflit"         // 409
  | "limite"          // 413
  | "non_conforme"    // 400, 411, 422
  | "disque_plein"    // 507
  | "abandonne";      // la personne a mis en pause ou annulé

export interface Probleme {
  type?: string;
  title?: string;
  detail?: string;
  [precision: string]: unknown;
}

export class TransportError extends Error {
  constructor(readonly sens: SensDErreur, message: string, readonly statut = 0, readonly probleme: Probleme = {}) {
    super(message);
    this.name = "TransportError";
  }

  get passagere(): boolean {
    return this.sens === "reseau" || this.sens === "serveur";
  }
}

const MESSAGES: Record<SensDErreur, string> = {
  reseau: "Connexion perdue. Rien n'est perdu : l'envoi reprendra dès le retour du réseau.",
  serveur: "Le serveur ne répond pas. L'envoi va reprendre tout seul.",
  session: "Votre session a expiré. Reconnectez-vous : l'envoi continuera.",
  interdit: "Cette action ne vous est pas permise.",
  absent: "Le serveur ne connaît pas cet élément.",
  conflit: "Le serveur tient déjà un autre contenu.",
  limite: "Cette réponse dépasse une limite.",
  non_conforme: "Le serveur n'a pas accepté cet envoi.",
  disque_plein: "Le serveur n'a plus de place. L'exploitant est prévenu ; ce qui est reçu est gardé.",
  abandonne: "L'envoi est interrompu.",
};

function sensDe(statut: number): SensDErreur {
  const precis: Record<number, SensDErreur> = {
    401: "session", 403: "interdit", 404: "absent", 408: "serveur", 409: "conflit", 410: "absent", 413: "limite", 429: "serveur", 507: "disque_plein",
  };
  return precis[statut] ?? (statut >= 500 ? "serveur" : "non_conforme");
}

function lireProbleme(corps: string): Probleme {
  try {
    const valeur: unknown = JSON.parse(corps);
    return typeof valeur === "object" && valeur !== null ? (valeur as Probleme) : {};
  } catch {
    return {};
  }
}

export function erreurDeStatut(statut: number, corps: string): TransportError {
  const probleme = lireProbleme(corps);
  const sens = sensDe(statut);
  return new TransportError(sens, typeof probleme.detail === "string" ? probleme.detail : MESSAGES[sens], statut, probleme);
}

export function erreurDeReseau(): TransportError {
  return new TransportError("reseau", MESSAGES.reseau);
}

export function abandon(): TransportError {
  return new TransportError("abandonne", MESSAGES.abandonne);
}
