/** Ce que les écrans de la séance échangent avec le serveur. */
import { fromBase64 } from "../sceau/encoding";
import { type CleDemandee, POUR_OUVRIR, POUR_REPETER } from "../cles/part";
import { type FenteAOuvrir, type IdentiteOuverte, type SorteDeFente, ouvrirIdentite } from "../cles/identite";

export interface CleVue {
  sorte: string;
  empreinte: string;
  enregistrement: string;
  part: string;
  fentes: { sorte: SorteDeFente; libelle: string; contenu: string; parametres: Record<string, string> }[];
}

export interface PlaceVue {
  reference: string;
  nom: string;
  destinataire: string;
  engage: boolean;
  alea: string;
  revele: boolean;
  sans_conflit: boolean;
  confirme: boolean;
  parts: Record<string, string>;
}

export interface MaPlace {
  destinataire: string;
  ouvre: boolean;
  engagement: string;
  alea: string;
  alea_de_la_presidence: string;
  confirme: boolean;
  cle_tournee: boolean;
}

export interface Etat {
  version: string;
  etat: string;
  cle_ephemere: string;
  seuil: number;
  cles: CleVue[];
  table?: PlaceVue[];
  coffre?: { destinataire: string; empreinte: string };
  place?: MaPlace;
  part_attendue?: boolean;
}

/** Hors de ces états, il n'y a plus de clé à tourner : la page se recharge pour montrer la suite. */
export const CLES_A_TOURNER: readonly string[] = ["cles_en_cours", "suspendue"];

/** Un refus du serveur, dans ses mots. */
export class Refus extends Error {}

export class Serveur {
  constructor(
    private readonly adresse: string,
    private readonly jeton: string,
  ) {}

  async etat(): Promise<Etat> {
    return this.lire(await fetch(`${this.adresse}etat.json`, { headers: { Accept: "application/json" } }));
  }

  async envoyer(chemin: string, corps: unknown): Promise<void> {
    const entetes = { "Content-Type": "application/json", "X-CSRFToken": this.jeton };
    await this.lire(await fetch(`${this.adresse}${chemin}/`, { method: "POST", headers: entetes, body: JSON.stringify(corps) }));
  }

  private async lire(reponse: Response): Promise<Etat> {
    const json = reponse.headers.get("Content-Type")?.includes("json") ?? false;
    if (!json) throw new Refus("Le serveur ne répond pas comme prévu. Rechargez la page.");
    const lu = (await reponse.json()) as Etat & { message?: string };
    if (!reponse.ok) throw new Refus(lu.message ?? "Le serveur a refusé. Rechargez la page.");
    return lu;
  }
}

export function element<Type extends HTMLElement>(racine: ParentNode, selecteur: string): Type {
  const trouve = racine.querySelector<Type>(selecteur);
  if (!trouve) throw new Error(`élément absent : ${selecteur}`);
  return trouve;
}

const CE_QUI_SE_TOURNE = {
  ouvrir: "Vous tournez la vraie clé de cette consultation : elle ouvre les réponses.",
  repeter: "Vous tournez une clé d'essai. Votre part de la vraie clé ne sert pas ici.",
};

function seRepete(racine: HTMLElement): boolean {
  return racine.dataset.usage === "repeter";
}

/** Ce que cet écran demandera à chaque part, écrit par le script qui l'exigera : la page n'a pas à être crue. */
export function direQuelleCle(racine: HTMLElement): void {
  element(racine, "[data-quelle-cle]").textContent = CE_QUI_SE_TOURNE[seRepete(racine) ? "repeter" : "ouvrir"];
}

export function cleDemandee(racine: HTMLElement, { sorte, empreinte, enregistrement }: CleVue): CleDemandee {
  return { usages: seRepete(racine) ? POUR_REPETER : POUR_OUVRIR, consultation: racine.dataset.consultation ?? "", enveloppe: sorte, empreinte, enregistrement };
}

/** Le choix de la façon d'ouvrir sa clé ; la phrase ne se demande pas pour une clé d'accès. */
export function proposerLesFentes(racine: ParentNode, cles: CleVue[]): void {
  const facon = racine.querySelector<HTMLSelectElement>("[data-facon]");
  const fentes = cles.find((cle) => cle.part)?.fentes;
  if (!facon || !fentes || facon.options.length > 0) return;
  fentes.forEach(({ libelle }, rang) => facon.add(new Option(libelle, String(rang))));
  const accorder = () => {
    element(racine, "[data-saisie]").hidden = fentes[Number(facon.value)]?.sorte === "passkey";
  };
  facon.addEventListener("change", accorder);
  accorder();
}

/** Ouvre l'identité de la personne avec ce qu'elle a saisi, puis oublie la saisie. */
export async function ouvrirLaSienne(racine: ParentNode, cles: CleVue[]): Promise<IdentiteOuverte> {
  const fentes = cles.find((cle) => cle.part)?.fentes ?? [];
  const choisie = fentes[Number(element<HTMLSelectElement>(racine, "[data-facon]").value)];
  if (!choisie) throw new Refus("Vous n'avez pas de part de ces clés.");
  const saisie = element<HTMLInputElement>(racine, "[data-secret]");
  const fente: FenteAOuvrir = { sorte: choisie.sorte, contenu: fromBase64(choisie.contenu), parametres: choisie.parametres };
  try {
    return await ouvrirIdentite(fente, saisie.value);
  } catch {
    throw new Refus("Votre clé ne s'ouvre pas. Vérifiez la phrase ou le code, accents compris, puis recommencez.");
  } finally {
    saisie.value = "";
  }
}

export function direErreur(racine: ParentNode, erreur: unknown): void {
  const place = element(racine, "[data-erreur]");
  place.hidden = !erreur;
  place.textContent = erreur instanceof Error ? erreur.message : "";
}

/** Recommence sans fin, sans se chevaucher ; une panne de réseau n'arrête rien. */
export function veiller(tour: () => Promise<void>, surErreur: (erreur: unknown) => void, pauseMs = 1500): void {
  const recommencer = () => {
    tour().catch(surErreur).finally(() => setTimeout(recommencer, pauseMs));
  };
  recommencer();
}
