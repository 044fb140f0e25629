/** Page d'une personne à la table : comparer le code, remettre sa part, suivre la séance. */
import { type Contribution, type Engagement, codeDuMembre, codeLisible, contribuer } from "../ouverture/code_court";
import { rescellerPart } from "../ouverture/reconstitution";
import { CLES_A_TOURNER, type Etat, type MaPlace, Serveur, cleDemandee, direErreur, direQuelleCle, element, ouvrirLaSienne, proposerLesFentes, veiller } from "../ouverture/serveur";
import { base64, fromBase64 } from "../sceau/encoding";

/** Hors du moment des clés, l'écran suit la séance : il se recharge quand elle a avancé. */
function suivre(lien: HTMLElement): void {
  veiller(async () => {
    const { version } = (await (await fetch(lien.dataset.suivre ?? "")).json()) as Etat;
    if (version && version !== lien.dataset.version) location.reload();
  }, () => undefined, 3000);
}

class EcranDesCles {
  private readonly seance: string;
  private readonly serveur: Serveur;
  private contribution: Contribution | null = null;
  private recu: Engagement | null = null;
  private code = "";
  private dernier: Etat | null = null;

  constructor(private readonly racine: HTMLElement) {
    this.seance = racine.dataset.seance ?? "";
    this.serveur = new Serveur(racine.dataset.adresse ?? "", element<HTMLInputElement>(racine, "[name=csrfmiddlewaretoken]").value);
    direQuelleCle(racine);
    this.surClic("[data-identique]", () => this.serveur.envoyer("code", { identique: true }));
    this.surClic("[data-different]", async () => {
      await this.serveur.envoyer("code", { identique: false });
      location.reload();
    });
    this.surClic("[data-tourner]", () => this.tourner());
    veiller(() => this.tour(), (erreur) => direErreur(racine, erreur));
  }

  private surClic(selecteur: string, geste: () => Promise<void>): void {
    const bouton = this.racine.querySelector<HTMLButtonElement>(selecteur);
    bouton?.addEventListener("click", () => {
      bouton.disabled = true;
      direErreur(this.racine, null);
      geste()
        .catch((erreur: unknown) => direErreur(this.racine, erreur))
        .finally(() => (bouton.disabled = false));
    });
  }

  private async tour(): Promise<void> {
    const etat = await this.serveur.etat();
    this.dernier = etat;
    if (!CLES_A_TOURNER.includes(etat.etat)) return location.reload();
    if (!etat.place) return;
    proposerLesFentes(this.racine, etat.cles);
    await this.avancerLeCode(etat, etat.place);
    this.montrer(etat, etat.place);
  }

  /** L'engagement se garde tel qu'il est arrivé AVANT de donner son aléa : c'est lui qui tient la présidence. */
  private async avancerLeCode(etat: Etat, place: MaPlace): Promise<void> {
    if (this.recu && this.recu.engagement !== place.engagement) {
      this.contribution = this.recu = null;
      this.code = "";
    }
    if (!place.engagement) return;
    if (!this.contribution) {
      if (place.alea) return this.refaire(etat, place);
      this.recu = { destinataire: etat.cle_ephemere, engagement: place.engagement };
      this.contribution = contribuer(place.destinataire);
      await this.serveur.envoyer("alea", { alea: this.contribution.alea });
    } else if (this.recu && place.alea_de_la_presidence && !this.code) {
      const devoilee = { destinataire: etat.cle_ephemere, alea: place.alea_de_la_presidence };
      this.code = codeLisible(await codeDuMembre(this.seance, this.recu, devoilee, this.contribution));
    }
  }

  /** La page a été rechargée au milieu : l'aléa donné est perdu, le code se refait, sauf s'il a déjà servi. */
  private async refaire({ part_attendue }: Etat, { confirme, cle_tournee }: MaPlace): Promise<void> {
    if (!confirme || (part_attendue && !cle_tournee)) await this.serveur.envoyer("code", { refaire: true });
  }

  private montrer(etat: Etat, place: MaPlace): void {
    const aRemettre = place.confirme && !place.cle_tournee && Boolean(etat.part_attendue) && etat.cles.some(({ part }) => part);
    element(this.racine, "[data-code]").textContent = this.code || "…";
    element(this.racine, "[data-comparer]").hidden = !this.code || place.confirme;
    element(this.racine, "[data-remettre]").hidden = !aRemettre;
    element(this.racine, "[data-message]").textContent = this.message(place, aRemettre);
  }

  private message(place: MaPlace, aRemettre: boolean): string {
    if (aRemettre) return "Le code est confirmé. Ouvrez votre clé, puis tournez-la.";
    if (place.cle_tournee) return "Votre clé est tournée. La présidence peut ouvrir.";
    if (place.confirme) return "Le code est confirmé. La présidence peut ouvrir.";
    return this.code ? "" : "En attente de la présidence.";
  }

  private async tourner(): Promise<void> {
    const etat = this.dernier;
    if (!etat || !this.recu) throw new Error("Le code n'est plus valable. Rechargez la page.");
    const { identite } = await ouvrirLaSienne(this.racine, etat.cles);
    const parts: Record<string, string> = {};
    for (const cle of etat.cles) {
      // Toujours pour la clé dont le code a été comparé, jamais pour celle que le serveur donnerait maintenant.
      if (!cle.part) continue;
      const tenue = { identite, partScellee: fromBase64(cle.part) };
      parts[cle.sorte] = base64(await rescellerPart(tenue, cleDemandee(this.racine, cle), this.recu.destinataire));
    }
    await this.serveur.envoyer("part", { parts });
  }
}

const racine = document.querySelector<HTMLElement>("[data-role=participant]");
const suivi = document.querySelector<HTMLElement>("[data-suivre]");
if (racine) new EcranDesCles(racine);
else if (suivi) suivre(suivi);
