/** Une liste de dix mille fichiers reste maniable : les premiers, ce qui demande un geste, et de quoi chercher le reste. */
import { bouton, ecrire, element, un } from "./dom";
import type { Ligne } from "./lignes";
import { nombreLisible } from "./mots";

const PAS = 100;
/** Ces fichiers attendent la personne : ils se montrent, où qu'ils soient dans la liste. */
const A_REPRENDRE = new Set<Ligne["etat"]>(["erreur", "interrompu", "ailleurs", "autre_onglet"]);

export class LongueListe {
  private montrees = PAS;
  private cherche = "";
  private pied: HTMLElement | null = null;

  constructor(private readonly liste: HTMLElement | null, private readonly afficher: () => void) {}

  /** Dans l'ordre de la liste : ce qui est cherché, les premiers, et ce qui attend un geste. */
  visibles(lignes: Ligne[]): Ligne[] {
    if (lignes.length <= PAS && !this.pied) return lignes;
    this.poserLePied();
    const trouvees = this.cherche ? lignes.filter(({ nom }) => simple(nom).includes(this.cherche)) : lignes;
    let places = this.montrees;
    let gestes = PAS;
    const visibles = trouvees.filter(({ etat }) => places-- > 0 || (A_REPRENDRE.has(etat) && gestes-- > 0));
    this.dire(visibles.length, trouvees.length, lignes.length);
    return visibles;
  }

  private poserLePied(): void {
    if (this.pied?.isConnected || !this.liste) return;
    const champ = element("input", { id: "chercher-un-fichier", type: "search", autocomplete: "off", "data-chercher": "" });
    champ.addEventListener("input", () => {
      this.cherche = simple(champ.value.trim());
      this.montrees = PAS;
      this.afficher();
    });
    const suite = bouton(`Montrer ${PAS} fichiers de plus`, "", () => {
      this.montrees += PAS;
      this.afficher();
    }, "bouton");
    suite.dataset["suite"] = "";
    const combien = element("p", { "data-combien": "", role: "status" });
    this.pied = element("div", { class: "bloc-court", "data-pied": "" }, combien, element("p", {}, suite),
      element("div", { class: "champ" }, element("label", { for: "chercher-un-fichier" }, "Chercher un fichier par son nom"), champ));
    this.liste.after(this.pied);
    un("[data-reste]")?.remove();
  }

  private dire(visibles: number, trouvees: number, nombre: number): void {
    const suite = un("[data-suite]", this.pied ?? document);
    if (suite) suite.hidden = visibles >= trouvees;
    const quoi = this.cherche ? `${nombreLisible(trouvees)} trouvés parmi ${nombreLisible(nombre)} autres fichiers` : `${nombreLisible(nombre)} autres fichiers`;
    ecrire(un("[data-combien]", this.pied ?? document), visibles < trouvees ? `${quoi}, dont ${nombreLisible(visibles)} montrés ici. Tous sont dans votre réponse.` : `${quoi}.`);
  }
}

function simple(texte: string): string {
  return texte.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}
