/** La session de la personne, distincte de l'envoi : celui-ci continue, le jeton de la réponse lui suffit. */
import { leverUnAvis } from "./avis";
import { banniere, element, tous, un } from "./dom";
import type { Donnees } from "./donnees";
import { enoncer, rapporterLesNouveaux } from "./messages";
import { temoin } from "./temoin";

const PERIODE_MS = 60_000;

type EtatDeSeance = ({ connecte: true } & Donnees) | { connecte: false };

export class Seance {
  private enCours: Promise<void> | null = null;

  constructor(private readonly adresses: Donnees["adresses"], private readonly surDonnees: (donnees: Donnees) => void, private readonly surRetour: () => void) {}

  surveiller(): void {
    setInterval(() => void this.verifier(), PERIODE_MS);
    addEventListener("focus", () => void this.verifier());
  }

  verifier(): Promise<void> {
    return (this.enCours ??= this.interroger().finally(() => (this.enCours = null)));
  }

  private async interroger(): Promise<void> {
    const etat = await this.lire();
    if (!etat) return;
    if (!etat.connecte) return this.demander();
    if (un("[data-reconnexion]")) this.refermer();
    this.surDonnees(etat);
  }

  private async lire(): Promise<EtatDeSeance | null> {
    try {
      const reponse = await fetch(this.adresses.seance, { cache: "no-store", headers: { Accept: "application/json" } });
      return reponse.ok || reponse.status === 401 ? ((await reponse.json()) as EtatDeSeance) : null;
    } catch {
      // Hors connexion : la session n'est pas la question.
      return null;
    }
  }

  /** Le formulaire s'ouvre dans la page : rien de ce qui est en cours n'est perdu. */
  private demander(): void {
    const lieu = un("[data-avis]");
    if (!lieu || un("[data-reconnexion]")) return;
    const formulaire = element("form", { class: "formulaire", novalidate: "" },
      champ("reconnexion-adresse", "Adresse électronique", { type: "email", name: "login", autocomplete: "username" }),
      champ("reconnexion-mot", "Mot de passe", { type: "password", name: "password", autocomplete: "current-password" }),
      element("p", { class: "actions" }, element("button", { class: "bouton bouton-premier", type: "submit" }, "Se reconnecter")),
      element("p", { class: "erreur", role: "alert", "data-refus": "" }));
    formulaire.addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      void this.envoyer(formulaire);
    });
    const [titre, suite] = ["Votre session a expiré", "L'envoi de vos fichiers continue. Reconnectez-vous ici pour changer de page ensuite."];
    lieu.after(element("div", { "data-reconnexion": "" }, banniere("attention", titre, element("p", {}, suite), formulaire)));
    rapporterLesNouveaux(formulaire, [{ texte: `${titre}. ${suite}`, cause: "session" }]);
  }

  private async envoyer(formulaire: HTMLFormElement): Promise<void> {
    const corps = new FormData(formulaire);
    const second = corps.has("code");
    const adresse = second ? `${this.adresses.connexion}code/` : this.adresses.connexion;
    try {
      const reponse = await fetch(adresse, { method: "POST", body: corps, headers: { "X-CSRFToken": temoin(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" } });
      await this.conclure(formulaire, reponse);
    } catch {
      refuser(formulaire, "Le serveur ne répond pas. Réessayez dans un instant.");
    }
  }

  private async conclure(formulaire: HTMLFormElement, reponse: Response): Promise<void> {
    const etat = await this.lire();
    if (etat?.connecte) {
      this.refermer();
      this.surDonnees(etat);
      this.surRetour();
      return;
    }
    const { location } = (await reponse.json().catch(() => ({}))) as { location?: string };
    if (reponse.ok && location?.includes("code")) {
      if (!un("[name=code]", formulaire)) formulaire.prepend(champ("reconnexion-code", "Code à six chiffres", { name: "code", inputmode: "numeric", autocomplete: "one-time-code" }));
      un<HTMLInputElement>("[name=code]", formulaire)?.focus();
      return refuser(formulaire, "Saisissez maintenant le code de votre application.");
    }
    refuser(formulaire, "L'adresse ou le mot de passe ne convient pas. Vérifiez les deux.");
  }

  /** La connexion renouvelle le jeton des formulaires : ceux de la page doivent le suivre. */
  private refermer(): void {
    un("[data-reconnexion]")?.remove();
    leverUnAvis("session");
    for (const cache of tous<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) cache.value = temoin();
  }
}

function champ(id: string, libelle: string, attributs: Record<string, string>): HTMLElement {
  return element("div", { class: "champ" }, element("label", { for: id }, libelle), element("input", { id, ...attributs }));
}

function refuser(formulaire: HTMLFormElement, phrase: string): void {
  enoncer(un("[data-refus]", formulaire), phrase, "reconnexion");
}
