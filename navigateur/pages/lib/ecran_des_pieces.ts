/** L'écran des fichiers d'une enveloppe : une ligne par pièce attendue, puis les autres fichiers. */
import type { Constat } from "../../depot/controles";
import { accueillir } from "./depose";
import { devinerLaPiece } from "./deviner";
import { type Ton, bouton, ecrire, element, etat, montrer, nomDeFichier, tous, un } from "./dom";
import type { Envois, Place } from "./envois";
import { brancherLesGardees } from "./gardees";
import { type Ligne, estVivante } from "./lignes";
import { LongueListe } from "./longue_liste";
import { type Message, afficher } from "./messages";
import { duree, dureeApprochee, echeance, heure, heureCourte, nombreLisible, pluriel, taille } from "./mots";
import { poserUnAvis, leverUnAvis } from "./avis";
import { horloge, limite } from "./temps";

const DEBIT_BON = 1e6;
const DEBIT_MOYEN = 200e3;
const ASSEZ_POUR_MESURER = 1e6;
/** Le contrôle de plus de fichiers que cela se raconte, par pas de ce nombre. */
const A_DIRE = 200;

export class EcranDesPieces {
  private readonly liste = un<HTMLUListElement>("[data-pieces]");
  private readonly aConfirmer = new Set<string>();
  private readonly longueListe = new LongueListe(this.liste, () => this.afficher());

  constructor(private readonly envois: Envois, private readonly place: Place) {
    un("[data-preparation]")?.remove();
    const zone = un("[data-depose]");
    if (zone) {
      zone.hidden = false;
      accueillir(zone, (fichiers) => void this.recevoir(fichiers));
    }
    const gardees = un("[data-gardees]");
    if (gardees) brancherLesGardees(gardees, (fichier, intitule) => this.reprendreUneGardee(fichier, intitule));
    const choix = un<HTMLInputElement>("[data-choix]");
    choix?.addEventListener("change", () => this.prendre(choix));
    // Un choix fait, ou rendu par le navigateur, avant que ce script n'écoute.
    if (choix) this.prendre(choix);
    for (const rangee of tous<HTMLLIElement>("li[data-piece]", this.liste ?? document)) this.equiper(rangee, rangee.dataset["piece"] ?? "");
    this.proposerLaReprise();
    this.afficher();
  }

  private prendre(choix: HTMLInputElement, piece = ""): void {
    const fichiers = [...(choix.files ?? [])];
    choix.value = "";
    if (fichiers.length > 0) void this.recevoir(fichiers, piece);
  }

  private equiper(rangee: HTMLLIElement, piece: string): void {
    const choix = element("input", { type: "file", hidden: "", "data-choix-de-piece": "", "aria-hidden": "true", tabindex: "-1" });
    choix.addEventListener("change", () => this.prendre(choix, piece));
    rangee.append(choix);
    accueillir(rangee, (fichiers) => void this.recevoirSurLaLigne(fichiers, piece));
  }

  /** Une pièce gardée va où son nom de fichier le dit, sinon où son intitulé le dit. */
  private async reprendreUneGardee(fichier: File, intitule: string): Promise<void> {
    const libres = this.envois.piecesLibres(this.place);
    await this.recevoir([fichier], (devinerLaPiece(fichier.name, libres) ?? devinerLaPiece(intitule, libres))?.piece ?? "");
  }

  /** Le premier fichier lâché sur une ligne y répond ; les suivants trouvent leur place d'après leur nom. */
  private async recevoirSurLaLigne(fichiers: File[], piece: string): Promise<void> {
    await this.recevoir(fichiers.slice(0, 1), piece);
    if (fichiers.length > 1) await this.recevoir(fichiers.slice(1));
  }

  private async recevoir(fichiers: File[], piece = ""): Promise<void> {
    try {
      const bilan = await this.envois.ajouter(fichiers, this.place, piece, direLeControle);
      leverUnAvis("controle");
      this.direLesArrets(bilan.arrets, fichiers);
      direCeQuiEstDejaLa(bilan.dejaLa);
      const generaux = bilan.avertissements.filter((constat) => constat.piece === null).map(({ message }) => message);
      if (generaux.length > 0) poserUnAvis("avertissement", "attention", "À savoir avant d'aller plus loin", generaux.join(" "));
    } catch (erreur) {
      leverUnAvis("controle");
      poserUnAvis("arret", "danger", "Ce fichier n'a pas été ajouté", messageDe(erreur));
    }
  }

  private direLesArrets(arrets: Constat<string>[], fichiers: File[]): void {
    if (arrets.length === 0) return leverUnAvis("arret");
    const noms = fichiers.length === 1 ? `« ${fichiers[0]?.name} »` : pluriel(fichiers.length, "fichier", "fichiers");
    const messages = [...new Set(arrets.map(({ piece, message }) => (piece ? `« ${piece.split("/").slice(3).join("/")} » : ${message}` : message)))];
    poserUnAvis("arret", "danger", `${noms} : rien n'est ajouté au-delà d'une limite`, messages.slice(0, 5).join(" "));
  }

  private proposerLaReprise(): void {
    const interrompues = this.envois.lignes().filter(({ etat: situation }) => situation === "interrompu");
    if (interrompues.length === 0) return leverUnAvis("reprise");
    const noms = interrompues.slice(0, 5).map(({ nom }) => `« ${nom} »`).join(", ");
    const reste = interrompues.length > 5 ? ` et ${pluriel(interrompues.length - 5, "autre", "autres")}` : "";
    poserUnAvis("reprise", "attention", "Reprendre là où vous en étiez ?", `Choisissez de nouveau ${noms}${reste}. Seul ce qui manque partira.`);
  }

  afficher(): void {
    if (!this.liste?.isConnected) return;
    const lignes = this.envois.lignes(this.place);
    const attendues = this.envois.donnees.attendues.filter((a) => a.enveloppe === this.place.enveloppe && a.lot === this.place.lot);
    const parPiece = new Map(lignes.filter(({ piece }) => piece).map((ligne) => [ligne.piece, ligne]));
    for (const { piece, intitule } of attendues) {
      const rangee = un<HTMLLIElement>(`li[data-piece="${piece}"]`, this.liste);
      if (rangee) this.remplir(rangee, parPiece.get(piece) ?? null, intitule);
    }
    this.afficherLesAutres(lignes.filter((ligne) => parPiece.get(ligne.piece) !== ligne));
    this.resumer(lignes, attendues.filter(({ piece }) => parPiece.get(piece)?.etat !== "recu").map(({ intitule }) => intitule), attendues.length);
    if (!lignes.some(({ etat: situation }) => situation === "interrompu")) leverUnAvis("reprise");
  }

  private afficherLesAutres(autres: Ligne[]): void {
    const visibles = this.longueListe.visibles(autres);
    const parCle = new Map(visibles.map((ligne) => [ligne.cle, ligne]));
    const parDistant = new Map(visibles.map((ligne) => [ligne.distant ?? "", ligne]));
    const rangees = new Map<string, HTMLLIElement>();
    for (const rangee of tous<HTMLLIElement>("li:not([data-piece])", this.liste as HTMLElement)) {
      const ligne = parCle.get(rangee.dataset["cle"] ?? "") ?? parDistant.get(rangee.dataset["fichier"] ?? "-");
      if (ligne) rangees.set((rangee.dataset["cle"] = ligne.cle), rangee);
      else rangee.remove();
    }
    let derniere: HTMLLIElement | null = tous<HTMLLIElement>("li[data-piece]", this.liste as HTMLElement).at(-1) ?? null;
    for (const ligne of visibles) {
      const rangee = rangees.get(ligne.cle) ?? this.nouvelleRangee(ligne.cle, derniere);
      if (!un("[data-choix-de-piece]", rangee)) this.equiper(rangee, "");
      this.remplir(rangee, ligne, ligne.nom);
      derniere = rangee;
    }
  }

  private nouvelleRangee(cle: string, apres: HTMLLIElement | null): HTMLLIElement {
    const rangee = element("li", { "data-cle": cle },
      element("div", {}, element("h3", { class: "h4" }, "Autre fichier"), element("p", { class: "fichier", "data-detail": "" })),
      element("div", { "data-etat": "" }), element("div", { class: "gestes-piece", "data-gestes": "" }));
    if (apres) apres.after(rangee);
    else this.liste?.prepend(rangee);
    return rangee;
  }

  private remplir(rangee: HTMLLIElement, ligne: Ligne | null, intitule: string): void {
    if (!ligne) {
      const attendue = this.envois.donnees.attendues.find(({ piece }) => piece === rangee.dataset["piece"]);
      const detail = attendue?.formats_lisibles ? `Attendu : ${attendue.formats_lisibles}` : "Attendu, tout format";
      montrer(un("[data-detail]", rangee), [document.createTextNode(detail)]);
      montrer(un("[data-etat]", rangee), [element("p", {}, etat("attention", "À ajouter", "rond"))]);
      montrer(un("[data-gestes]", rangee), this.recoit ? [this.choisir(rangee, "Choisir", `le fichier, ${intitule}`, "bouton")] : []);
      return;
    }
    montrer(un("[data-detail]", rangee), [nomDeFichier(ligne.nom), document.createTextNode(`, ${taille(ligne.tailleClaire)}`)]);
    this.montrerLEtat(rangee, ligne, intitule);
    montrer(un("[data-gestes]", rangee), this.recoit ? this.gestes(rangee, ligne, intitule) : []);
  }

  private get recoit(): boolean {
    return this.envois.donnees.recoit_encore;
  }

  /** Pendant l'envoi, seule la barre bouge : le reste de la ligne n'est pas refait dix fois par seconde. */
  private montrerLEtat(rangee: HTMLLIElement, ligne: Ligne, intitule: string): void {
    const cible = un("[data-etat]", rangee);
    const barre = ligne.etat === "envoi" || ligne.etat === "en_pause" ? element("progress", { max: "100", value: String(ligne.pourcentage), "aria-label": `Envoi : ${intitule}` }) : null;
    const { ton, mot, signe } = motDe(ligne);
    const precision = precisionDe(ligne);
    const message = ligne.etat === "autre_onglet" ? null : ligne.message;
    const reserves = ligne.avertissements.map((texte) => element("p", { class: "petit" }, etat("attention", "À vérifier"), ` : ${texte}`));
    const contenu = [element("p", {}, etat(ton, mot, signe), precision ? element("span", { class: "petit doux" }, ` ${precision}`) : null), ...(barre ? [barre] : []), ...(message ? [element("p", { class: "petit", ...(ligne.etat === "erreur" ? { role: "alert" } : {}) }, message)] : []), ...reserves];
    afficher(cible, contenu, messagesDe(ligne, message));
  }

  private choisir(rangee: HTMLElement, mot: string, precision: string, classe = "bouton-lien"): HTMLButtonElement {
    return bouton(mot, precision, () => un<HTMLInputElement>("[data-choix-de-piece]", rangee)?.click(), classe);
  }

  private gestes(rangee: HTMLElement, ligne: Ligne, intitule: string): HTMLElement[] {
    if (this.aConfirmer.has(ligne.cle)) return this.confirmation(ligne, intitule);
    const retirer = bouton(estVivante(ligne) && ligne.etat !== "erreur" ? "Annuler" : "Retirer", intitule, () => this.demander(ligne.cle));
    const parEtat: Record<Ligne["etat"], HTMLElement[]> = {
      attente: [retirer],
      envoi: [bouton("Mettre en pause", intitule, () => this.envois.file.mettreEnPause(ligne.cle)), retirer],
      en_pause: [bouton("Reprendre", intitule, () => this.envois.file.reprendre(ligne.cle)), retirer],
      erreur: [bouton("Réessayer", intitule, () => this.envois.file.reprendre(ligne.cle)), this.choisir(rangee, "Choisir de nouveau", intitule), retirer],
      recu: [this.choisir(rangee, "Remplacer", intitule), retirer],
      interrompu: [this.choisir(rangee, "Choisir", `de nouveau le fichier, ${intitule}`, "bouton"), retirer],
      ailleurs: [this.choisir(rangee, "Choisir", `de nouveau le fichier, ${intitule}`, "bouton"), retirer],
      autre_onglet: [],
    };
    return parEtat[ligne.etat];
  }

  private demander(cle: string): void {
    this.aConfirmer.add(cle);
    this.afficher();
  }

  private confirmation(ligne: Ligne, intitule: string): HTMLElement[] {
    const oublier = () => {
      this.aConfirmer.delete(ligne.cle);
      this.afficher();
    };
    const retirer = async () => {
      this.aConfirmer.delete(ligne.cle);
      await this.envois.retirer(ligne).catch((erreur: unknown) => poserUnAvis("arret", "danger", "Ce fichier n'a pas été retiré", messageDe(erreur)));
      this.afficher();
    };
    return [bouton("Oui, retirer", intitule, () => void retirer()), bouton("Non, garder", intitule, oublier)];
  }

  private resumer(lignes: Ligne[], manquantes: string[], nombre: number): void {
    const recus = lignes.filter(({ etat: situation }) => situation === "recu").length;
    const enCours = lignes.filter(({ etat: situation }) => situation === "envoi" || situation === "attente").length;
    const debut = nombre > 0 ? `${pluriel(nombre, "pièce attendue", "pièces attendues")}, ` : "";
    ecrire(un("[data-compte]"), `${debut}${pluriel(recus, "fichier reçu", "fichiers reçus")}${enCours ? `, ${nombreLisible(enCours)} en cours d'envoi` : ""}.`);
    const ici = un(".taches .ici .etat");
    if (ici && lignes.length > 0) ici.replaceWith(this.etape(lignes, nombre, manquantes.length));
    ecrire(un("[data-prevision]"), this.prevision(manquantes));
    ecrire(un("[data-conseil]"), conseil(manquantes));
    direLaConnexion(this.debitDeLaLigne);
  }

  /** De petits fichiers attendent le serveur plus que la ligne : leur débit ne dit rien d'elle. */
  private get debitDeLaLigne(): number | null {
    const { pieces, debit } = this.envois.etat;
    return pieces.some(({ etat: situation, tailleScellee }) => situation === "envoi" && tailleScellee > ASSEZ_POUR_MESURER) ? debit : null;
  }

  /** L'étape en cours dit le même état que la liste, sans attendre qu'on recharge. */
  private etape(lignes: Ligne[], nombre: number, manquantes: number): HTMLElement {
    const recus = lignes.filter(({ etat: situation }) => situation === "recu").length;
    const compte = nombre > 0 ? `${nombre - manquantes} sur ${nombre}` : pluriel(recus, "fichier", "fichiers");
    return recus === lignes.length && manquantes === 0 ? etat("ok", `Complet, ${compte}`) : etat("cours", `En cours, ${compte}`);
  }

  private prevision(manquantes: string[]): string {
    const { resteMillisecondes } = this.envois.etat;
    if (this.envois.enMouvement && resteMillisecondes) {
      const fin = new Date(horloge.maintenant().getTime() + resteMillisecondes);
      const trop = limite() !== null && fin > (limite() as Date);
      return trop ? `À ce débit, il faut ${dureeApprochee(resteMillisecondes)} : l'envoi finira après l'heure limite. Envoyez d'abord l'acte d'engagement.` : `À ce débit, il vous faut encore ${dureeApprochee(resteMillisecondes)}. Vous serez prêt vers ${heureCourte(fin)}.`;
    }
    if (manquantes.length === 0) return "Rien ne manque dans cette enveloppe.";
    return `Il manque encore ${pluriel(manquantes.length, "pièce", "pièces")}.`;
  }
}

function direCeQuiEstDejaLa(noms: string[]): void {
  if (noms.length === 0) return leverUnAvis("deja");
  const premiers = noms.slice(0, 5).map((nom) => `« ${nom} »`).join(", ");
  const reste = noms.length > 5 ? ` et ${pluriel(noms.length - 5, "autre", "autres")}` : "";
  poserUnAvis("deja", "info", `${pluriel(noms.length, "fichier est déjà là", "fichiers sont déjà là")}`, `${premiers}${reste} : même nom, même contenu. Nous ne l'envoyons pas deux fois.`);
}

function conseil(manquantes: string[]): string {
  const borne = limite();
  if (manquantes.length === 0 || !borne) return "";
  const noms = manquantes.length <= 3 ? `Il manque : ${manquantes.join(", ")}. ` : "";
  if (horloge.resteAvant(borne) < 0) return `${noms}Vous pouvez déposer sans.`;
  return `${noms}Vous pouvez déposer sans, puis remplacer votre réponse avant ${echeance(borne, horloge.maintenant())}.`;
}

export function direLaConnexion(debit: number | null): void {
  const cible = un("[data-temps-connexion]");
  if (!navigator.onLine) return ecrire(cible, "Coupée");
  if (debit === null) return;
  const mot = debit >= DEBIT_BON ? "Bonne" : debit >= DEBIT_MOYEN ? "Moyenne" : "Lente";
  ecrire(cible, `${mot}, ${taille(Math.round(debit))}/s`);
}

/** Ce que la ligne dit de plus que son état : l'échec et sa cause, puis chaque réserve. */
function messagesDe({ avertissements, cause, distant, tailleClaire }: Ligne, message: string | null): Message[] {
  const details = { taille: tailleClaire, ...(distant ? { fichier: distant } : {}) };
  const reserves = avertissements.map((texte) => ({ texte: `À vérifier : ${texte}`, cause: "controle", details }));
  return [...(message ? [{ texte: message, cause: cause ?? "recommence", details }] : []), ...reserves];
}

function motDe(ligne: Ligne): { ton: Ton; mot: string; signe?: string } {
  switch (ligne.etat) {
    case "attente": return { ton: "gris", mot: "En attente", signe: "attente" };
    case "envoi": return { ton: "cours", mot: `Envoi, ${ligne.pourcentage} %`, signe: "haut" };
    case "en_pause": return { ton: "attention", mot: `En pause, ${ligne.pourcentage} %`, signe: "pause" };
    case "erreur": return { ton: "danger", mot: "Non envoyé" };
    case "recu": return { ton: "ok", mot: "Reçu et vérifié" };
    case "interrompu": return { ton: "attention", mot: "Envoi interrompu", signe: "crayon" };
    case "ailleurs": return { ton: "attention", mot: "Commencé ailleurs", signe: "crayon" };
    case "autre_onglet": return { ton: "cours", mot: "Envoi dans un autre onglet", signe: "haut" };
  }
}

function precisionDe(ligne: Ligne): string {
  if (ligne.etat === "envoi" && ligne.resteMillisecondes !== null) return `reste ${duree(Math.max(1000, ligne.resteMillisecondes))}`;
  if (ligne.etat === "recu" && ligne.recuLe) return `à ${heure(ligne.recuLe)}${ligne.depose ? ", déjà déposé" : ""}`;
  if (ligne.etat === "interrompu") return "Choisissez le même fichier : seul ce qui manque partira.";
  if (ligne.etat === "ailleurs") return "Sur un autre poste. Choisissez le fichier : il partira en entier.";
  return "";
}

/** Quelques fichiers se contrôlent en un clin d'œil ; dix mille prennent le temps d'être lus, et cela se dit. */
function direLeControle(faits: number, nombre: number): void {
  if (nombre < A_DIRE || faits % A_DIRE !== 0) return;
  poserUnAvis("controle", "info", "Nous contrôlons vos fichiers sur votre ordinateur", `${nombreLisible(faits)} sur ${nombreLisible(nombre)}. L'envoi commence ensuite, de lui-même.`);
}

function messageDe(erreur: unknown): string {
  return erreur instanceof Error ? erreur.message : "Réessayez, ou appelez-nous.";
}

