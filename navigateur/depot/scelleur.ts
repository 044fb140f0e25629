/** Le scelleur : ouvre les pièces, choisit entre réserve et envoi direct, recommence avec une autre clé au moindre doute. */
import { openSeal, partCount, sealedSize } from "../sceau/age";
import { type CipherOptions, createCipher, restoreCipher } from "../sceau/cipher";
import { erase } from "../sceau/encoding";
import { hashBlob, sha256Hex } from "../sceau/hash";
import type { Carnet, Fiche } from "./carnet";
import { PieceOuverte } from "./piece_ouverte";
import { type Ouverture, type PartieScellee, type Piece, type ResultatScellement, type Scellement, ScellementError, estAbsent } from "./protocole";
import type { FichierReserve, Reserve } from "./reserve";

export interface Moyens {
  carnet: Carnet;
  reserve: Reserve | null;
  chiffre?: CipherOptions;
  maintenant?: () => number;
  /** Rend une fonction qui relâche le verrou, ou `null` quand un autre onglet le tient. */
  verrouiller?: (cle: string) => Promise<(() => void) | null>;
}

interface EnCours {
  ouverte: PieceOuverte;
  relacher: () => void;
  arret: boolean;
}

const OCTETS_SANS_RESERVE = 1_000_000;
const A_CHOISIR = "Choisissez de nouveau ce fichier : l'envoi reprendra où il en était.";
const AUTRE_ONGLET = "Ce fichier est déjà en cours d'envoi dans un autre onglet de ce navigateur.";

/** Relit un fichier entier ; illisible, il n'est semblable à aucun autre. */
async function aPourEmpreinte(fichier: Blob, { tailleClaire, sha256Clair }: ResultatScellement): Promise<boolean> {
  if (fichier.size !== tailleClaire) return false;
  return (await hashBlob(fichier).catch(() => null)) === sha256Clair;
}

export class Scelleur implements Scellement {
  private readonly enCours = new Map<string, EnCours>();

  constructor(private readonly moyens: Moyens) {}

  async ouvrir(piece: Piece): Promise<Ouverture> {
    await this.fermer(piece.cle);
    const relacher = this.moyens.verrouiller ? await this.moyens.verrouiller(piece.cle) : () => undefined;
    if (!relacher) throw new ScellementError("autre_onglet", AUTRE_ONGLET);
    try {
      const fiche = await this.moyens.carnet.lire(piece.cle);
      const deja = await this.dejaParti(piece, fiche);
      if (deja) {
        relacher();
        return deja;
      }
      const { ouverte, recommence, distant } = await this.reprendreOuCommencer(piece, fiche);
      this.enCours.set(piece.cle, { ouverte, relacher, arret: false });
      return {
        tailleScellee: sealedSize(piece.fichier.size), nombreParties: partCount(piece.fichier.size),
        distant, recommence, dejaScellees: ouverte.dejaScellees, reserve: ouverte.enReserve, moteur: ouverte.moteur,
        scellement: await sha256Hex(ouverte.fiche.prefixe), dejaEnvoye: null,
      };
    } catch (erreur) {
      relacher();
      throw erreur;
    }
  }

  /** Un autre onglet a tout envoyé pendant que celui-ci attendait : le même contenu ne repart pas. */
  private async dejaParti({ fichier, destinataire }: Piece, fiche: Fiche | undefined): Promise<Ouverture | null> {
    if (!fiche?.resultat || !fiche.distant || fiche.secret || fiche.destinataire !== destinataire) return null;
    if (estAbsent(fichier) || !(await aPourEmpreinte(fichier, fiche.resultat))) return null;
    return {
      tailleScellee: fiche.resultat.tailleScellee, nombreParties: partCount(fichier.size), distant: fiche.distant,
      recommence: false, dejaScellees: 0, reserve: false, moteur: "native", scellement: await sha256Hex(fiche.prefixe), dejaEnvoye: fiche.resultat,
    };
  }

  private async reprendreOuCommencer(piece: Piece, fiche: Fiche | undefined): Promise<{ ouverte: PieceOuverte; recommence: boolean; distant: string | null }> {
    const reprise = fiche ? await this.tenterReprise(piece, fiche) : null;
    if (reprise) return { ouverte: reprise, recommence: false, distant: reprise.fiche.distant };
    if (estAbsent(piece.fichier)) throw new ScellementError("fichier_illisible", A_CHOISIR);
    if (fiche) await this.effacerTout(piece.cle);
    // Le fichier distant d'un ancien scellement ne vaut plus rien : la page le supprimera.
    return { ouverte: await this.commencer(piece), recommence: fiche !== undefined, distant: fiche?.distant ?? null };
  }

  /** Rend `null` quand la clé d'avant ne doit plus servir. */
  private async tenterReprise(piece: Piece, fiche: Fiche): Promise<PieceOuverte | null> {
    if (!fiche.secret || fiche.destinataire !== piece.destinataire || fiche.tailleClaire !== piece.fichier.size) return null;
    if (estAbsent(piece.fichier) && !(fiche.resultat && fiche.reserve)) return null;
    const ouverte = await this.assembler(piece, fiche);
    await ouverte.reprendre();
    return ouverte;
  }

  private async commencer(piece: Piece): Promise<PieceOuverte> {
    const { prefix, streamKey } = await openSeal(piece.destinataire);
    const { key } = await createCipher(streamKey, this.moyens.chiffre);
    if (!(key instanceof Uint8Array)) erase(streamKey);
    // Un petit fichier se rescelle en un instant : l'écrire sur le disque coûterait plus que l'envoyer.
    const reserve = piece.fichier.size > OCTETS_SANS_RESERVE && ((await this.moyens.reserve?.aLaPlace(sealedSize(piece.fichier.size))) ?? false);
    const fiche: Fiche = {
      cle: piece.cle, destinataire: piece.destinataire, tailleClaire: piece.fichier.size, prefixe: prefix, secret: key,
      distant: null, reserve, resultat: null, creeLe: (this.moyens.maintenant ?? Date.now)(),
    };
    // Avant le premier octet scellé : sans cette écriture, pas de reprise sûre.
    await this.moyens.carnet.ecrire(fiche);
    return this.assembler(piece, fiche);
  }

  private async assembler(piece: Piece, fiche: Fiche): Promise<PieceOuverte> {
    const { carnet, reserve } = this.moyens;
    const chiffre = await restoreCipher(fiche.secret as NonNullable<Fiche["secret"]>, this.moyens.chiffre);
    const fichierReserve = fiche.reserve ? await this.ouvrirReserve(fiche) : null;
    const surReservePerdue = async () => {
      await fichierReserve?.fermer().catch(() => undefined);
      await reserve?.effacer(fiche.cle).catch(() => undefined);
      await carnet.ecrire(fiche);
    };
    return new PieceOuverte(fiche, piece.fichier, { carnet, chiffre, fichierReserve, surReservePerdue });
  }

  private async ouvrirReserve(fiche: Fiche): Promise<FichierReserve | null> {
    try {
      return (await this.moyens.reserve?.ouvrir(fiche.cle)) ?? null;
    } catch {
      return null;
    }
  }

  private piece(cle: string): EnCours {
    const enCours = this.enCours.get(cle);
    if (!enCours) throw new ScellementError("panne", "Cette pièce n'est pas ouverte.");
    return enCours;
  }

  async scellerDAvance(cle: string): Promise<void> {
    const enCours = this.piece(cle);
    await enCours.ouverte.scellerDAvance(() => enCours.arret);
  }

  async partie(cle: string, numero: number, avecOctets: boolean): Promise<PartieScellee> {
    return this.piece(cle).ouverte.partie(numero, avecOctets);
  }

  async conclure(cle: string): Promise<ResultatScellement> {
    return this.piece(cle).ouverte.conclure();
  }

  async noterDistant(cle: string, distant: string | null): Promise<void> {
    const { fiche } = this.piece(cle).ouverte;
    fiche.distant = distant;
    await this.moyens.carnet.ecrire(fiche);
  }

  async fermer(cle: string): Promise<void> {
    const enCours = this.enCours.get(cle);
    if (!enCours) return;
    enCours.arret = true;
    this.enCours.delete(cle);
    await enCours.ouverte.fermer();
    enCours.relacher();
  }

  private async effacerTout(cle: string): Promise<void> {
    await this.moyens.reserve?.effacer(cle);
    await this.moyens.carnet.effacer(cle);
  }

  /** Ce qu'un autre onglet est en train d'envoyer n'est pas à nous d'effacer. */
  async oublier(cle: string): Promise<void> {
    await this.fermer(cle);
    const relacher = this.moyens.verrouiller ? await this.moyens.verrouiller(cle) : () => undefined;
    if (!relacher) throw new ScellementError("autre_onglet", AUTRE_ONGLET);
    try {
      await this.effacerTout(cle);
    } finally {
      relacher();
    }
  }

  async alleger(cle: string): Promise<void> {
    await this.fermer(cle);
    await this.moyens.reserve?.effacer(cle);
    const fiche = await this.moyens.carnet.lire(cle);
    if (fiche) await this.moyens.carnet.ecrire({ ...fiche, secret: null, reserve: false });
  }

  async resultat(cle: string): Promise<ResultatScellement | null> {
    return (await this.moyens.carnet.lire(cle))?.resultat ?? null;
  }

  async estDejaEnvoye(cle: string, fichier: Blob): Promise<boolean> {
    const fiche = await this.moyens.carnet.lire(cle);
    return fiche?.resultat != null && !fiche.secret && (await aPourEmpreinte(fichier, fiche.resultat));
  }

  async oublierReponse(prefixe: string): Promise<void> {
    const fiches = await this.moyens.carnet.toutes();
    for (const { cle } of fiches.filter((fiche) => fiche.cle.startsWith(prefixe))) await this.oublier(cle);
  }
}
