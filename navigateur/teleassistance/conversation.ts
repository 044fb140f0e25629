/** Ce que les deux s'écrivent : à l'écran, le temps du partage, et nulle part ailleurs. */
import { element, un } from "../pages/lib/dom";
import { requis } from "../cles/page";
import { TEXTE_AU_PLUS } from "./canal";

export class Conversation {
  private readonly liste = requis("[data-conversation]");
  private readonly formulaire = requis<HTMLFormElement>("[data-ecrire]");

  constructor(private readonly envoyer: (texte: string) => boolean) {
    const champ = requis<HTMLInputElement>("input[type=text]", this.formulaire);
    champ.maxLength = TEXTE_AU_PLUS;
    this.formulaire.addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      const texte = champ.value.trim();
      if (!texte || !this.envoyer(texte)) return;
      this.ajouter("Vous", texte);
      champ.value = "";
    });
  }

  ouvrir(ouverte: boolean): void {
    requis("[data-parler]").hidden = !ouverte;
  }

  /** Le texte de l'autre s'écrit tel quel : rien n'y est lu comme une page. */
  ajouter(qui: string, texte: string): void {
    const ligne = element("p", {}, element("b", {}, `${qui} : `));
    ligne.append(texte);
    this.liste.append(ligne);
    this.liste.scrollTop = this.liste.scrollHeight;
  }
}

export function dire(texte: string): void {
  const statut = un("[data-statut]");
  if (statut && statut.textContent !== texte) statut.textContent = texte;
}

export function direErreur(erreur: unknown): void {
  requis("[data-erreur-texte]").textContent = erreur instanceof Error ? erreur.message : "";
  requis("[data-erreur]").hidden = !erreur;
}
