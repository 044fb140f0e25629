/** Une pièce en cours de scellement : ses parties dans l'ordre, et la garde contre le réemploi de clé. */
import { PART_LENGTH, PREFIX_LENGTH, partCount, partLength, sealedSize } from "../sceau/age";
import type { ChunkCipher } from "../sceau/cipher";
import { type Bytes, concat, fromHex } from "../sceau/encoding";
import { type StreamingHash, createStreamingHash, sha256Hex } from "../sceau/hash";
import { clearPart, sealPart } from "../sceau/stream";
import type { Carnet, Feuille, Fiche } from "./carnet";
import { type PartieScellee, type ResultatScellement, ScellementError, type Source, estAbsent } from "./protocole";
import type { FichierReserve } from "./reserve";

export interface Outils {
  carnet: Carnet;
  chiffre: ChunkCipher;
  fichierReserve: FichierReserve | null;
  /** Appelé quand la réserve ne peut plus servir : on continue sans elle. */
  surReservePerdue: () => Promise<void>;
}

const MODIFIE = "Ce fichier a changé depuis le début de son envoi. Il va être scellé et envoyé de nouveau.";
const ILLISIBLE = "Ce fichier n'est plus lisible. Il a peut-être été déplacé, modifié ou ouvert par un autre logiciel.";

const A_CHOISIR = "Choisissez de nouveau ce fichier : l'envoi reprendra où il en était.";

async function lireClair(fichier: Source, numero: number): Promise<Bytes> {
  if (estAbsent(fichier)) throw new ScellementError("fichier_illisible", A_CHOISIR);
  try {
    return new Uint8Array(await clearPart(fichier, numero));
  } catch {
    throw new ScellementError("fichier_illisible", ILLISIBLE);
  }
}

export class PieceOuverte {
  private readonly feuilles = new Map<number, Feuille>();
  private hacheClair: StreamingHash | null = null;
  private hacheScelle: StreamingHash | null = null;
  /** Dernière partie passée, dans l'ordre, par les deux empreintes du fichier entier. */
  private scellees = 0;
  private rompue: unknown;
  private file: Promise<unknown> = Promise.resolve();

  constructor(readonly fiche: Fiche, private readonly fichier: Source, private readonly outils: Outils) {}

  get nombreParties(): number {
    return partCount(this.fiche.tailleClaire);
  }

  get moteur() {
    return this.outils.chiffre.tier;
  }

  get enReserve(): boolean {
    return this.outils.fichierReserve !== null;
  }

  /** Une seule opération à la fois : les empreintes avancent dans l'ordre des parties. */
  private enFile<T>(tache: () => Promise<T>): Promise<T> {
    const suite = this.file.then(tache, tache);
    this.file = suite.catch(() => undefined);
    return suite;
  }

  get dejaScellees(): number {
    return this.feuilles.size;
  }

  /** Relit les feuilles consignées ; chaque partie sera relue et comparée avant qu'une suivante soit scellée. */
  async reprendre(): Promise<void> {
    for (const feuille of await this.outils.carnet.feuilles(this.fiche.cle)) this.feuilles.set(feuille.numero, feuille);
  }

  private position(numero: number): number {
    return numero === 1 ? 0 : PREFIX_LENGTH + (numero - 1) * PART_LENGTH;
  }

  private async depuisLaReserve(numero: number, attendue: string): Promise<Bytes | null> {
    if (!this.outils.fichierReserve) return null;
    try {
      const octets = await this.outils.fichierReserve.lire(this.position(numero), partLength(this.fiche.tailleClaire, numero));
      return (await sha256Hex(octets)) === attendue ? octets : null;
    } catch {
      return null;
    }
  }

  private async garderEnReserve(numero: number, octets: Bytes): Promise<void> {
    if (!this.outils.fichierReserve) return;
    try {
      await this.outils.fichierReserve.ecrire(this.position(numero), octets);
    } catch {
      // Disque plein ou réserve effacée par le navigateur : le scellement continue sans elle.
      this.outils.fichierReserve = null;
      this.fiche.reserve = false;
      await this.outils.surReservePerdue();
    }
  }

  private async sceller(numero: number, clair: Bytes): Promise<Bytes> {
    return sealPart(this.outils.chiffre, this.fiche.prefixe, clair, numero, this.fiche.tailleClaire);
  }

  /**
   * Scelle la partie, ou la retrouve ; refuse si le clair ou le scellé diffère de la feuille consignée.
   * `garde` s'achève quand la feuille est au carnet : les octets ne sortent pas avant.
   */
  private async obtenir(numero: number, clair: Bytes): Promise<{ scelle: Bytes; garde: Promise<void> }> {
    const connue = this.feuilles.get(numero);
    if (connue) return this.retrouver(connue, clair);
    // L'empreinte et le chiffrement se font ensemble, hors de ce fil quand le navigateur le peut.
    const [empreinteClair, scelle] = await Promise.all([sha256Hex(clair), this.sceller(numero, clair)]);
    return { scelle, garde: this.garder(numero, empreinteClair, scelle) };
  }

  /** Une partie déjà consignée : rien n'est chiffré avant que le clair ait été reconnu. */
  private async retrouver({ numero, clair: attendue, scelle: empreinteScelle }: Feuille, clair: Bytes): Promise<{ scelle: Bytes; garde: Promise<void> }> {
    if ((await sha256Hex(clair)) !== attendue) throw new ScellementError("fichier_modifie", MODIFIE);
    const enReserve = await this.depuisLaReserve(numero, empreinteScelle);
    if (enReserve) return { scelle: enReserve, garde: Promise.resolve() };
    const scelle = await this.sceller(numero, clair);
    return { scelle, garde: this.garder(numero, attendue, scelle) };
  }

  private async garder(numero: number, clair: string, scelle: Bytes): Promise<void> {
    await this.consigner({ cle: this.fiche.cle, numero, clair, scelle: await sha256Hex(scelle) });
    await this.garderEnReserve(numero, scelle);
  }

  private async consigner(feuille: Feuille): Promise<void> {
    const gardee = await this.outils.carnet.consigner(feuille);
    if (gardee.clair !== feuille.clair || gardee.scelle !== feuille.scelle) throw new ScellementError("fichier_modifie", MODIFIE);
    this.feuilles.set(feuille.numero, gardee);
  }

  /** Passe à la partie suivante et la rend. */
  private async avancer(): Promise<Bytes> {
    if (this.rompue) throw this.rompue;
    this.hacheClair ??= await createStreamingHash();
    this.hacheScelle ??= await createStreamingHash();
    const numero = this.scellees + 1;
    const clair = await lireClair(this.fichier, numero);
    try {
      const obtention = this.obtenir(numero, clair);
      this.hacheClair.update(clair);
      const { scelle, garde } = await obtention;
      this.hacheScelle.update(scelle);
      await garde;
      this.scellees = numero;
      return scelle;
    } catch (erreur) {
      // Les empreintes du fichier entier ont pu avancer : seule une réouverture repart d'un état sûr.
      this.rompue = erreur;
      throw erreur;
    }
  }

  private async octetsDe(numero: number): Promise<Bytes> {
    const connue = this.feuilles.get(numero);
    const enReserve = connue ? await this.depuisLaReserve(numero, connue.scelle) : null;
    if (enReserve) return enReserve;
    const { scelle, garde } = await this.obtenir(numero, await lireClair(this.fichier, numero));
    await garde;
    return scelle;
  }

  partie(numero: number, avecOctets: boolean): Promise<PartieScellee> {
    return this.enFile(async () => {
      if (estAbsent(this.fichier)) return this.partieGardee(numero, avecOctets);
      let octets: Bytes | null = null;
      while (this.scellees < numero) octets = await this.avancer();
      if (avecOctets && (octets === null || this.scellees !== numero)) octets = await this.octetsDe(numero);
      const taille = partLength(this.fiche.tailleClaire, numero);
      const feuille = this.feuilles.get(numero) as Feuille;
      return { numero, taille, sha256: feuille.scelle, octets: avecOctets ? detacher(octets as Bytes) : null };
    });
  }

  /** Sans l'original, seule la réserve peut servir ; chaque lecture y est comparée à la feuille du carnet. */
  private async partieGardee(numero: number, avecOctets: boolean): Promise<PartieScellee> {
    const feuille = this.feuilles.get(numero);
    const octets = feuille && avecOctets ? await this.depuisLaReserve(numero, feuille.scelle) : null;
    if (!feuille || (avecOctets && !octets)) throw new ScellementError("fichier_illisible", A_CHOISIR);
    return { numero, taille: partLength(this.fiche.tailleClaire, numero), sha256: feuille.scelle, octets: octets ? detacher(octets) : null };
  }

  /** Sans réserve, sceller d'avance ferait sceller deux fois : on s'en abstient. */
  async scellerDAvance(arret: () => boolean): Promise<void> {
    if (estAbsent(this.fichier)) return;
    while (this.enReserve && !arret() && this.scellees < this.nombreParties) {
      await this.enFile(async () => (this.scellees < this.nombreParties ? void (await this.avancer()) : undefined));
    }
    // Tout est scellé : noter le résultat dès maintenant permet de finir l'envoi, plus tard, sans l'original.
    if (this.enReserve && !arret()) await this.conclure();
  }

  async conclure(): Promise<ResultatScellement> {
    if (this.fiche.resultat) return this.fiche.resultat;
    await this.partie(this.nombreParties, false);
    const feuilles = Array.from({ length: this.nombreParties }, (_, i) => fromHex((this.feuilles.get(i + 1) as Feuille).scelle));
    this.fiche.resultat = {
      tailleClaire: this.fiche.tailleClaire,
      tailleScellee: sealedSize(this.fiche.tailleClaire),
      racine: await sha256Hex(concat(...feuilles)),
      sha256Scelle: (this.hacheScelle as StreamingHash).digestHex(),
      sha256Clair: (this.hacheClair as StreamingHash).digestHex(),
    };
    await this.outils.carnet.ecrire(this.fiche);
    return this.fiche.resultat;
  }

  async fermer(): Promise<void> {
    await this.enFile(async () => this.outils.fichierReserve?.fermer());
  }
}

/** Un tampon à soi, que l'on peut transférer à la page sans copie. */
function detacher(octets: Bytes): ArrayBuffer {
  return octets.byteLength === octets.buffer.byteLength ? octets.buffer : octets.slice().buffer;
}
