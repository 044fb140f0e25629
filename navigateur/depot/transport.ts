/** Client du protocole de dépôt : les verbes de l'API, rien de plus. */
import { base64, fromHex } from "../sceau/encoding";
import { TransportError } from "./erreurs";
import { type Emetteur, type Insistance, type Milieu, type Requete, emettreParFetch, emettreParXhr, insister, milieuDuNavigateur } from "./reseau";

export interface FichierCree {
  fichier: string;
  taille_partie: number;
  nombre_parties: number;
  expire_le: string;
  /** Où envoyer chaque partie, `{numero}` à remplir ; vide quand une adresse signée se demande pour chacune. */
  adresse_des_parties: string;
}

export interface Annonce {
  enveloppe: string;
  lot: number | null;
  nom: string;
  taille: number;
  /** Le même scellement annoncé deux fois, après une réponse perdue ou de deux onglets, donne le même fichier. */
  scellement?: string;
  piece?: string;
}

export interface PartieRecue {
  numero: number;
  taille: number;
  sha256: string;
}

export interface EtatDuFichier {
  taille: number;
  nombre_parties: number;
  parties: PartieRecue[];
  etat: string;
  adresse_des_parties: string;
}

export interface AdresseDePartie {
  methode: string;
  url: string;
  entetes: Record<string, string>;
}

/** L'empreinte de l'unique partie part avec l'annonce : l'adresse où l'envoyer revient aussitôt. */
export interface AnnonceCourte extends Annonce {
  partie: string;
}

export interface FichierDuPaquet extends FichierCree {
  cible: AdresseDePartie;
}

export interface Fin {
  fichier: string;
  racine: string;
  sha256: string;
}

export interface EnveloppeDeclaree {
  enveloppe: string;
  lot: number | null;
  fichiers: string[];
  manifeste: string;
  engagement: string;
  empreinte: string;
}

export interface FichierDeReponse {
  fichier: string;
  enveloppe: string;
  lot: number | null;
  nom: string;
  taille: number;
  etat: string;
  piece?: string;
}

export interface EtatDeReponse {
  reponse: string;
  etat?: string;
  expire_le: string;
  limites: Record<string, number>;
  enveloppes: { enveloppe: string; destinataire: string; empreinte: string }[];
  fichiers?: FichierDeReponse[];
  depots?: string[];
}

export interface ReglagesDeTransport {
  /** Racine de l'API, `/api/v1` par défaut. */
  api?: string;
  /** En-têtes de chaque appel à l'API (jeton de la réponse, jeton CSRF) ; relus à chaque appel. */
  entetes: () => Record<string, string>;
  emettre?: Emetteur;
  emettrePartie?: Emetteur;
  milieu?: Milieu;
  surAttente?: (erreur: TransportError, millisecondes: number) => void;
}

/** Une partie abîmée en route est renvoyée ; au-delà, ce n'est plus le hasard. */
const ESSAIS_DE_PARTIE_ABIMEE = 3;

export class Transport {
  private readonly api: string;
  private readonly insistance: Insistance;
  private readonly insistancePartie: Insistance;

  constructor(private readonly reglages: ReglagesDeTransport) {
    this.api = (reglages.api ?? "/api/v1").replace(/\/$/, "");
    const communs = { milieu: reglages.milieu ?? milieuDuNavigateur, ...(reglages.surAttente ? { surAttente: reglages.surAttente } : {}) };
    this.insistance = { emettre: reglages.emettre ?? emettreParFetch, ...communs };
    const parDefaut = typeof XMLHttpRequest === "undefined" ? emettreParFetch : emettreParXhr;
    this.insistancePartie = { emettre: reglages.emettrePartie ?? parDefaut, ...communs };
  }

  private async appeler<T>(methode: string, chemin: string, corps?: unknown, options: { signal?: AbortSignal | undefined; entetes?: Record<string, string> } = {}): Promise<T> {
    const entetes: Record<string, string> = { Accept: "application/json", ...this.reglages.entetes(), ...options.entetes };
    const requete: Requete = { methode, adresse: this.api + chemin, entetes, attendDuJson: true };
    if (corps !== undefined) {
      entetes["Content-Type"] = "application/json";
      requete.corps = JSON.stringify(corps);
    }
    if (options.signal) requete.signal = options.signal;
    const reponse = await insister(requete, this.insistance);
    return (reponse.corps === "" ? undefined : JSON.parse(reponse.corps)) as T;
  }

  lireReponse(reponse: string, signal?: AbortSignal): Promise<EtatDeReponse> {
    return this.appeler("GET", `/reponses/${encodeURIComponent(reponse)}`, undefined, { signal });
  }

  creerFichier(reponse: string, piece: Annonce, signal?: AbortSignal): Promise<FichierCree> {
    return this.appeler("POST", `/reponses/${encodeURIComponent(reponse)}/fichiers`, piece, { signal });
  }

  async annoncerUnPaquet(reponse: string, annonces: AnnonceCourte[], signal?: AbortSignal): Promise<FichierDuPaquet[]> {
    const corps = { fichiers: annonces };
    const cree = await this.appeler<{ fichiers: FichierDuPaquet[] }>("POST", `/reponses/${encodeURIComponent(reponse)}/fichiers/paquet`, corps, { signal });
    return cree.fichiers;
  }

  async finirUnPaquet(reponse: string, fins: Fin[], signal?: AbortSignal): Promise<unknown[]> {
    const corps = { fichiers: fins };
    const fini = await this.appeler<{ fichiers: unknown[] }>("POST", `/reponses/${encodeURIComponent(reponse)}/fichiers/fins`, corps, { signal });
    return fini.fichiers;
  }

  lireFichier(fichier: string, signal?: AbortSignal): Promise<EtatDuFichier> {
    return this.appeler("GET", `/fichiers/${encodeURIComponent(fichier)}`, undefined, { signal });
  }

  private adresseDePartie(fichier: string, numero: number, partie: { taille: number; sha256: string }, signal?: AbortSignal): Promise<AdresseDePartie> {
    return this.appeler("POST", `/fichiers/${encodeURIComponent(fichier)}/parties/${numero}`, partie, { signal });
  }

  /** L'adresse d'une partie que la plateforme reçoit elle-même : l'annonce du fichier l'a dite pour toutes. */
  chezNous(patron: string, { numero, sha256 }: PartieRecue): AdresseDePartie {
    const entetes = { ...this.reglages.entetes(), "Content-Digest": `sha-256=:${base64(fromHex(sha256))}:`, "Content-Type": "application/octet-stream" };
    return { methode: "PUT", url: patron.replace("{numero}", String(numero)), entetes };
  }

  /** Envoie à l'adresse connue, ou la demande ; l'adresse signée pouvant expirer, elle est redemandée à chaque nouvel essai. */
  async envoyerPartie(fichier: string, partie: PartieRecue & { octets: ArrayBuffer }, signal?: AbortSignal, surProgres?: (octets: number) => void, connue?: AdresseDePartie): Promise<void> {
    const { numero, taille, sha256, octets } = partie;
    for (let abimee = 1, essai = 0; ; essai++) {
      const { methode, url, entetes } = (essai === 0 && connue) || (await this.adresseDePartie(fichier, numero, { taille, sha256 }, signal));
      const requete: Requete = { methode, adresse: url, entetes, corps: octets, ...(signal ? { signal } : {}), ...(surProgres ? { surProgres } : {}) };
      try {
        await insister(requete, { ...this.insistancePartie, essaisMaximum: 1 });
        return;
      } catch (echec) {
        const erreur = echec as TransportError;
        const adressePerimee = erreur.sens === "interdit" && essai === 0;
        const aRefaire = erreur.passagere || adressePerimee || (erreur.sens === "non_conforme" && abimee++ < ESSAIS_DE_PARTIE_ABIMEE);
        if (!aRefaire) throw erreur;
        surProgres?.(0);
        await this.patienter(erreur, essai, signal);
      }
    }
  }

  private async patienter(erreur: TransportError, essai: number, signal?: AbortSignal): Promise<void> {
    const { milieu, surAttente } = this.insistancePartie;
    // La demande d'adresse, elle, insiste d'elle-même : ici une attente courte suffit.
    const duree = Math.min(30_000, 250 * 2 ** Math.min(essai, 7)) * (0.5 + milieu.hasard() / 2);
    surAttente?.(erreur, duree);
    await milieu.attendre(duree, signal);
  }

  finir(fichier: string, corps: { racine: string; sha256: string }, signal?: AbortSignal): Promise<unknown> {
    return this.appeler("POST", `/fichiers/${encodeURIComponent(fichier)}/fin`, corps, { signal });
  }

  /** Un fichier déjà absent est un fichier supprimé. */
  async supprimer(fichier: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.appeler("DELETE", `/fichiers/${encodeURIComponent(fichier)}`, undefined, { signal });
    } catch (erreur) {
      if (!(erreur instanceof TransportError && erreur.sens === "absent")) throw erreur;
    }
  }

  /** Même clé, même dépôt : répéter après une réponse perdue rend le même récépissé. */
  deposer(reponse: string, corps: { enveloppes: EnveloppeDeclaree[]; version_client: string }, cle: string, signal?: AbortSignal): Promise<Record<string, unknown>> {
    return this.appeler("POST", `/reponses/${encodeURIComponent(reponse)}/depot`, corps, { signal, entetes: { "Idempotency-Key": cle } });
  }
}
