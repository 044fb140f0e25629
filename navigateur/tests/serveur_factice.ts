/** Serveur de dépôt en mémoire : le protocole, et les pannes qu'on lui demande. */
import { createHash } from "node:crypto";

import { PART_LENGTH, PREFIX_LENGTH } from "../sceau/age";
import type { Emetteur, Milieu, Reponse, Requete } from "../depot/reseau";
import { abandon } from "../depot/erreurs";

interface Fichier {
  id: string;
  enveloppe: string;
  lot: number | null;
  nom: string;
  taille: number;
  scellement: string;
  parties: Map<number, Buffer>;
  etat: string;
  sha256?: string;
}

/** Réponse imposée, réseau coupé, ou réponse perdue après que le serveur a tout fait. */
export type Panne = { statut: number; corps?: string } | "coupure" | "reponse_perdue" | "portail_captif";

export const sha = (octets: Uint8Array) => createHash("sha256").update(octets).digest("hex");

const JETON = "jeton-de-test";

export class ServeurFactice {
  readonly fichiers = new Map<string, Fichier>();
  readonly requetes: string[] = [];
  readonly depots = new Map<string, Record<string, unknown>>();
  envoisDePartie = 0;
  enVol = 0;
  enVolMaximum = 0;
  limiteParFichier = Infinity;
  /** La plateforme reçoit elle-même les parties, et dit où d'avance ; sinon, un stockage, qui signe chaque adresse. */
  parNous = false;
  private readonly pannes: { motif: RegExp; panne: Panne }[] = [];
  private dernier = 0;

  /** La prochaine requête qui correspond tombera en panne, une fois. */
  prevoir(motif: RegExp, ...pannes: Panne[]): void {
    for (const panne of pannes) this.pannes.push({ motif, panne });
  }

  readonly entetes = () => ({ Authorization: `Bearer ${JETON}` });

  readonly emettre: Emetteur = async (requete) => {
    const ligne = `${requete.methode} ${requete.adresse}`;
    this.requetes.push(ligne);
    if (requete.signal?.aborted) throw new DOMException("abandon", "AbortError");
    const rang = this.pannes.findIndex(({ motif }) => motif.test(ligne));
    const panne = rang < 0 ? null : (this.pannes.splice(rang, 1)[0] as { panne: Panne }).panne;
    if (panne === "coupure") throw new TypeError("réseau");
    if (panne === "portail_captif") return rendre(200, "<html>Identifiez-vous</html>");
    if (panne && typeof panne === "object") return rendre(panne.statut, panne.corps ?? "");
    const reponse = await this.repondre(requete);
    if (panne === "reponse_perdue") throw new TypeError("réseau");
    return reponse;
  };

  private async repondre(requete: Requete): Promise<Reponse> {
    const { methode, adresse, entetes, corps } = requete;
    if (methode === "PUT") return this.recevoir(adresse, entetes, Buffer.from(corps as ArrayBuffer), requete);
    if (entetes.Authorization !== `Bearer ${JETON}`) return probleme(401, "Votre session a expiré.");
    const donnees = corps ? (JSON.parse(corps as string) as Record<string, never>) : {};
    const [, , , sorte, id, suite, numero] = adresse.split("/");
    if (sorte === "reponses" && suite === "fichiers" && numero === "paquet") return this.creerUnPaquet(donnees);
    if (sorte === "reponses" && suite === "fichiers" && numero === "fins") return this.finirUnPaquet(donnees);
    if (sorte === "reponses" && suite === "fichiers") return this.creer(donnees);
    if (sorte === "reponses" && suite === "depot") return this.deposer(entetes["Idempotency-Key"] as string);
    const fichier = this.fichiers.get(id as string);
    if (!fichier) return probleme(404, "Ce fichier n'existe pas.");
    if (methode === "DELETE") return this.fichiers.delete(fichier.id) ? rendre(204, "") : rendre(404, "");
    if (methode === "GET") return rendre(200, this.etat(fichier));
    return suite === "fin" ? this.finir(fichier, donnees) : this.adresser(fichier, Number(numero), donnees);
  }

  private creer(piece: { enveloppe?: string; lot?: number | null; nom?: string; taille?: number; scellement?: string }): Reponse {
    const { enveloppe = "", lot = null, nom = "", taille = 0, scellement = "" } = piece;
    if (taille > this.limiteParFichier) return probleme(413, `Un fichier fait au plus ${this.limiteParFichier} octets.`);
    const connu = [...this.fichiers.values()].find((autre) => scellement && autre.scellement === scellement);
    const fichier: Fichier = connu ?? { id: `F-${++this.dernier}`, enveloppe, lot, nom, taille, scellement, parties: new Map(), etat: "en_cours" };
    this.fichiers.set(fichier.id, fichier);
    return rendre(201, { fichier: fichier.id, taille_partie: PART_LENGTH, nombre_parties: nombreDeParties(taille), expire_le: "2026-12-01T00:00:00Z", adresse_des_parties: this.patron(fichier.id) });
  }

  private creerUnPaquet({ fichiers = [] }: { fichiers?: { nom: string; partie: string }[] }): Reponse {
    const crees = fichiers.map((annonce) => {
      const cree = this.creer(annonce);
      if (cree.statut !== 201) return cree;
      const corps = JSON.parse(cree.corps) as { fichier: string };
      const cible = this.adresser(this.fichiers.get(corps.fichier) as Fichier, 1, { sha256: annonce.partie });
      return cible.statut === 200 ? rendre(201, { ...corps, cible: JSON.parse(cible.corps) as object }) : cible;
    });
    return crees.find(({ statut }) => statut !== 201) ?? rendre(201, { fichiers: crees.map(({ corps }) => JSON.parse(corps) as object) });
  }

  private finirUnPaquet({ fichiers = [] }: { fichiers?: { fichier: string; racine: string; sha256: string }[] }): Reponse {
    const finis = fichiers.map((fin) => {
      const fichier = this.fichiers.get(fin.fichier);
      return fichier ? this.finir(fichier, fin) : probleme(404, "Ce fichier n'existe pas.");
    });
    return finis.find(({ statut }) => statut !== 200) ?? rendre(200, { fichiers: finis.map(() => ({})) });
  }

  private patron(id: string): string {
    return this.parNous ? `/parties/${id}/{numero}` : "";
  }

  private etat({ id, taille, parties, etat }: Fichier): object {
    const recues = [...parties].map(([numero, octets]) => ({ numero, taille: octets.length, sha256: sha(octets) }));
    return { taille, nombre_parties: nombreDeParties(taille), parties: recues, etat, adresse_des_parties: this.patron(id) };
  }

  private adresser(fichier: Fichier, numero: number, { sha256 }: { sha256?: string }): Reponse {
    const connue = fichier.parties.get(numero);
    if (connue && sha(connue) !== sha256) return probleme(409, "Cette partie est déjà reçue avec un autre contenu.");
    if (numero < 1 || numero > nombreDeParties(fichier.taille)) return probleme(422, "Numéro hors bornes.");
    const url = `/parties/${fichier.id}/${numero}`;
    return rendre(200, { methode: "PUT", url, entetes: { "Content-Digest": `sha-256=:${Buffer.from(sha256 as string, "hex").toString("base64")}:`, "Content-Length": "0", ...(this.parNous ? this.entetes() : {}) } });
  }

  private async recevoir(adresse: string, entetes: Record<string, string>, octets: Buffer, requete: Requete): Promise<Reponse> {
    const [, , id, numero] = adresse.split("/");
    if (this.parNous && entetes.Authorization !== `Bearer ${JETON}`) return probleme(401, "Votre session a expiré.");
    this.envoisDePartie++;
    this.enVolMaximum = Math.max(this.enVolMaximum, ++this.enVol);
    requete.surProgres?.(Math.floor(octets.length / 2));
    await new Promise((resoudre) => setTimeout(resoudre, 2));
    this.enVol--;
    if (requete.signal?.aborted) throw new DOMException("abandon", "AbortError");
    const attendue = /sha-256=:(.+):/.exec(entetes["Content-Digest"] ?? "")?.[1];
    if (attendue !== Buffer.from(sha(octets), "hex").toString("base64")) return probleme(422, "Les octets ne correspondent pas.");
    const fichier = this.fichiers.get(id as string);
    if (!fichier) return probleme(404, "Ce fichier n'existe pas.");
    fichier.parties.set(Number(numero), octets);
    return rendre(204, "");
  }

  contenu(fichier: Fichier): Buffer {
    return Buffer.concat([...fichier.parties].sort(([a], [b]) => a - b).map(([, octets]) => octets));
  }

  private finir(fichier: Fichier, { racine, sha256 }: { racine?: string; sha256?: string }): Reponse {
    const manquante = Array.from({ length: nombreDeParties(fichier.taille) }, (_, i) => i + 1).find((numero) => !fichier.parties.has(numero));
    if (manquante) return probleme(409, `La partie ${manquante} n'est pas reçue.`);
    const parties = [...fichier.parties].sort(([a], [b]) => a - b);
    const attendue = sha(Buffer.concat(parties.map(([, octets]) => Buffer.from(sha(octets), "hex"))));
    if (racine !== attendue || sha256 !== sha(this.contenu(fichier))) return probleme(422, "La racine ne correspond pas.");
    fichier.etat = "termine";
    return rendre(200, {});
  }

  private deposer(cle: string): Reponse {
    const depot = this.depots.get(cle) ?? { recepisse: `D-2026-0000${this.depots.size + 1}` };
    this.depots.set(cle, depot);
    return rendre(201, depot);
  }
}

function nombreDeParties(taille: number): number {
  return Math.max(1, Math.ceil((taille - PREFIX_LENGTH) / PART_LENGTH));
}

function rendre(statut: number, corps: string | object): Reponse {
  return { statut, corps: typeof corps === "string" ? corps : JSON.stringify(corps), attendreSecondes: null };
}

function probleme(statut: number, detail: string): Reponse {
  return rendre(statut, { type: "about:blank", status: statut, detail });
}

/** Un milieu où attendre ne dure pas, et qui note les attentes demandées. */
export class MilieuFactice implements Milieu {
  readonly attentes: number[] = [];
  connecte = true;

  hasard(): number {
    return 0.5;
  }

  enLigne(): boolean {
    return this.connecte;
  }

  async attendre(millisecondes: number, signal?: AbortSignal): Promise<void> {
    this.attentes.push(millisecondes);
    await new Promise((resoudre) => setImmediate(resoudre));
    if (signal?.aborted) throw abandon();
  }
}
