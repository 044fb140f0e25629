/** Montrer un message et le rapporter, d'un seul geste : ce que la personne lit est ce que sa tentative garde, avec la cause. */
import { TransportError } from "../../depot/erreurs";
import { ecrire, montrer, refus } from "./dom";
import { typo } from "./mots";
import { type Precision, rapporter } from "./traces";

export interface Message extends Precision {
  texte: string;
  /** Un mot de notre code : pourquoi la page le dit. */
  cause: string;
}

/** Ce que chaque endroit de la page dit : redessiné dix fois par seconde, un message ne s'est affiché qu'une fois. */
const dits = new WeakMap<object, Set<string>>();

export function afficher(cible: Element | null, contenu: Node[], messages: Message[]): void {
  if (!cible) return;
  montrer(cible, contenu);
  rapporterLesNouveaux(cible, messages);
}

/** Rapporte ce que cet endroit ne disait pas l'instant d'avant. */
export function rapporterLesNouveaux(endroit: object, messages: Message[]): void {
  const avant = dits.get(endroit);
  dits.set(endroit, new Set(messages.map(({ texte }) => texte)));
  for (const message of messages) {
    if (!avant?.has(message.texte)) rapporter("message", { ...message, texte: typo(message.texte) });
  }
}

/** Un refus ou un échec, là où se disait l'avancement. */
export function refuser(cible: Element | null, titre: string, phrase: string, cause: string): void {
  afficher(cible, [refus(titre, phrase)], [{ texte: `${titre}. ${phrase}`, cause }]);
}

/** Une phrase, seule à son endroit. */
export function enoncer(cible: Element | null, texte: string, cause: string): void {
  if (!cible) return;
  ecrire(cible, texte);
  rapporterLesNouveaux(cible, texte ? [{ texte, cause }] : []);
}

/** Un message que le serveur avait écrit dans la page, et qui attendait caché. */
export function reveler(cible: HTMLElement | null, cause: string): void {
  if (!cible) return;
  cible.hidden = false;
  rapporterCeQuiSeLit(cible, cause);
}

/** Un message que la page montre : son texte, tel qu'il s'y lit. */
export function rapporterCeQuiSeLit(cible: Element | null, cause: string): void {
  const texte = (cible?.textContent ?? "").replace(/\s+/g, " ").trim();
  if (cible) rapporterLesNouveaux(cible, texte ? [{ texte, cause }] : []);
}

/** Le mot qui dit d'où vient un échec ; « panne » quand rien ne l'a nommé. */
export function causeDe(erreur: unknown): string {
  if (erreur instanceof TransportError) return erreur.sens;
  return erreur instanceof Error && typeof erreur.cause === "string" ? erreur.cause : "panne";
}
