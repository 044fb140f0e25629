/** L'écran où l'on relit tout, puis où l'on dépose. */
import { Acte } from "./acte";
import { poserUnAvis } from "./avis";
import { ecrire, element, etat, montrer, tous, un } from "./dom";
import type { Envois } from "./envois";
import type { Ligne } from "./lignes";
import { afficher, causeDe, rapporterCeQuiSeLit, refuser } from "./messages";
import { heure, pluriel, taille } from "./mots";

export class EcranDeVerification {
  private enCours = false;
  private readonly acte: Acte;
  /** Ce que la page a dit de la réponse, ligne par ligne ou en nombre : rien d'autre ne sera déposé. */
  private readonly montrees: Set<string>;
  private readonly cellules: Map<string, Element>;

  constructor(private readonly envois: Envois) {
    this.montrees = new Set(envois.donnees.fichiers.map(({ fichier }) => fichier));
    this.cellules = new Map(tous("tr[data-fichier]").map((rangee) => [rangee.dataset["fichier"] ?? "", un("[data-etat]", rangee) as Element]));
    this.acte = new Acte(envois, {
      scelle: () => this.dire("Scellement de la liste de vos fichiers…"),
      depose: () => this.dire("Dépôt en cours…"),
      verifie: () => this.dire("Nous vérifions si votre dépôt est enregistré…", "Ne fermez pas cette page. Le même dépôt ne peut pas être fait deux fois."),
      fait: (recepisse) => this.partirVers(recepisse),
    });
    un("[data-deposer]")?.addEventListener("click", () => void this.deposer());
    this.montrerLesAvertissements();
    void this.seTenirPret();
  }

  private dire(titre: string, precision = ""): void {
    const contenu = [element("p", {}, etat("cours", titre, "attente")), ...(precision ? [element("p", { class: "petit" }, precision)] : [])];
    afficher(un("[data-deroulement]"), contenu, [{ texte: precision ? `${titre} ${precision}` : titre, cause: "acte" }]);
  }

  private partirVers(recepisse: string): void {
    const adresse = `${this.envois.donnees.adresses.recepisses}${recepisse}/`;
    const contenu = element("p", {}, etat("ok", "Déposé"), ` Récépissé ${recepisse}. `, element("a", { href: adresse }, "Voir le récépissé"));
    afficher(un("[data-deroulement]"), [contenu], [{ texte: `Déposé. Récépissé ${recepisse}.`, cause: "acte" }]);
    this.envois.partir();
    location.assign(adresse);
  }

  private lignesMontrees(lignes = this.envois.lignes()): Ligne[] {
    return lignes.filter(({ distant }) => distant !== null && this.montrees.has(distant));
  }

  private direLEtat({ distant, etat: situation, pourcentage }: Ligne): void {
    const cellule = this.cellules.get(distant ?? "");
    if (!cellule) return;
    if (situation === "envoi") montrer(cellule, [etat("cours", `Envoi, ${pourcentage} %`, "haut")]);
    if (situation !== "recu") return;
    montrer(cellule, [etat("ok", "Reçu et vérifié")]);
    this.cellules.delete(distant ?? "");
  }

  /** Ce qui n'est pas entièrement reçu n'empêche pas de déposer : on le dit, et la personne choisit. */
  afficher(): void {
    if (!un("[data-verifier]") || this.enCours) return;
    const lignes = this.envois.lignes();
    const montrees = this.lignesMontrees(lignes);
    montrees.forEach((ligne) => this.direLEtat(ligne));
    const recues = montrees.filter(({ etat: situation }) => situation === "recu");
    this.resumer(recues);
    const inacheves = lignes.filter(({ etat: situation }) => situation !== "recu");
    const noms = inacheves.slice(0, 5).map(({ nom }) => `« ${nom} »`).join(", ");
    const seul = inacheves.length === 1;
    if (recues.length === 0) return ecrire(un("[data-inacheves]"), "Rien n'est encore entièrement reçu. Le bouton « Déposer » viendra avec le premier fichier.");
    ecrire(un("[data-inacheves]"), inacheves.length === 0 ? "" : `${pluriel(inacheves.length, "fichier n'est pas entièrement reçu", "fichiers ne sont pas entièrement reçus")} : ${noms}. Si vous déposez maintenant, ${seul ? "il ne fera" : "ils ne feront"} pas partie de votre réponse.`);
    ecrire(un("[data-deposer]"), inacheves.length === 0 ? "Déposer maintenant" : seul ? "Déposer sans ce fichier" : "Déposer sans ces fichiers");
    this.direLesChangements(lignes.filter(({ etat: situation, distant }) => situation === "recu" && distant && !this.montrees.has(distant)).length);
  }

  private resumer(recues: Ligne[]): void {
    const zone = un("[data-acte]");
    if (zone) zone.hidden = recues.length === 0;
    for (const { piece } of recues) if (piece) un(`[data-manque="${piece}"]`)?.remove();
    const octets = recues.reduce((somme, { tailleClaire }) => somme + tailleClaire, 0);
    ecrire(un("[data-total]"), `${pluriel(recues.length, "fichier", "fichiers")}, ${taille(octets)}`);
  }

  private direLesChangements(nombre: number): void {
    if (nombre > 0) poserUnAvis("changement", "attention", "Cette réponse vient de changer", `${pluriel(nombre, "fichier s'est ajouté", "fichiers se sont ajoutés")} depuis l'ouverture de cette page. Rechargez-la pour les voir avant de déposer.`, element("a", { class: "bouton", href: location.pathname }, "Recharger la page"));
  }

  private montrerLesAvertissements(): void {
    for (const section of tous("[data-verifier]")) {
      const code = section.dataset["verifier"];
      const lignes = this.envois.lignes().filter(({ enveloppe, lot }) => (enveloppe === "candidature" ? "candidature" : lot ? `lot-${lot}` : "offre") === code);
      const dits = lignes.flatMap(({ nom, avertissements }) => avertissements.map((texte) => ` : « ${nom} ». ${texte}`));
      const contenu = dits.map((dit) => element("p", {}, etat("attention", "À vérifier"), dit));
      afficher(un("[data-avertissements]", section), contenu, dits.map((dit) => ({ texte: `À vérifier${dit}`, cause: "controle" })));
    }
  }

  /** Le bouton ne paraît qu'une fois la page prête à l'entendre : un clic sur un bouton visible n'est jamais perdu. */
  private async seTenirPret(): Promise<void> {
    await this.reprendre();
    un("[data-preparation]")?.remove();
  }

  private async deposer(): Promise<void> {
    if (this.enCours || this.envois.estParti) return;
    const references = this.lignesMontrees().filter(({ etat: situation }) => situation === "recu").map(({ distant }) => distant as string);
    // Ce que la page disait des fichiers laissés de côté, au moment du clic.
    rapporterCeQuiSeLit(un("[data-inacheves]"), "inacheves");
    await this.mener(() => this.acte.deposer(references));
  }

  private async reprendre(): Promise<void> {
    await this.mener(async () => {
      const clic = await this.acte.reprendre();
      if (clic) refuser(un("[data-deroulement]"), "Non déposé", `Votre clic de ${heure(clic)} n'est pas arrivé jusqu'au serveur. Déposez maintenant.`, "clic_sans_reponse");
    });
  }

  private async mener(travail: () => Promise<void>): Promise<void> {
    this.verrouiller(true);
    try {
      await travail();
    } catch (erreur) {
      const phrase = erreur instanceof Error ? erreur.message : "Réessayez, ou appelez-nous.";
      refuser(un("[data-deroulement]"), "Votre réponse n'est pas déposée", phrase, causeDe(erreur));
    } finally {
      this.verrouiller(false);
    }
  }

  private verrouiller(ferme: boolean): void {
    this.enCours = ferme;
    un("[data-deposer]")?.setAttribute("aria-disabled", String(ferme));
    if (!ferme) this.afficher();
  }
}
