/** Préparation et acte du dépôt : un manifeste scellé par enveloppe, puis une seule demande, répétable. */
import { type Manifest, type ManifestFile, MANIFEST_NAME, buildManifest, commitment, manifestBytes } from "../sceau/manifest";
import { clearSize } from "../sceau/age";
import type { EtatDePiece, NouvellePiece } from "./file_d_attente";
import type { EnveloppeDeclaree, FichierDeReponse, Transport } from "./transport";

declare const VERSION_CLIENT: string;

export const versionDuClient: string = VERSION_CLIENT;

/** Une pièce reçue, envoyée par ce navigateur ou par un autre. */
export interface PieceRecue {
  fichier: string;
  enveloppe: string;
  lot: number | null;
  entree: ManifestFile;
}

export interface EnveloppePreparee {
  enveloppe: string;
  lot: number | null;
  fichiers: string[];
  manifeste: Manifest;
  engagement: string;
}

export function pieceDeLaFile({ distant, enveloppe, lot, nom, resultat }: EtatDePiece): PieceRecue {
  if (!distant || !resultat) throw new Error(`pièce non reçue : ${nom}`);
  const { tailleClaire, sha256Clair, sha256Scelle, racine } = resultat;
  return { fichier: distant, enveloppe, lot, entree: { nom, taille: tailleClaire, sha256: sha256Clair, sha256_scelle: sha256Scelle, racine } };
}

/** Envoyée d'un autre poste : son empreinte en clair n'a jamais quitté ce poste-là. */
export function pieceDAilleurs({ fichier, enveloppe, lot, nom, taille }: FichierDeReponse): PieceRecue {
  return { fichier, enveloppe, lot, entree: { nom, taille: clearSize(taille), sha256: null, sha256_scelle: null, racine: null } };
}

/** Un manifeste par enveloppe et par lot, dans un ordre qui ne dépend pas de celui des envois. */
export async function preparerEnveloppes(consultation: string, pieces: PieceRecue[]): Promise<EnveloppePreparee[]> {
  const groupes = new Map<string, PieceRecue[]>();
  for (const piece of pieces) {
    const groupe = `${piece.enveloppe}/${String(piece.lot ?? 0).padStart(6, "0")}`;
    const deja = groupes.get(groupe);
    if (deja) deja.push(piece);
    else groupes.set(groupe, [piece]);
  }
  const ordonnes = [...groupes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, groupe]) => groupe);
  return Promise.all(ordonnes.map((groupe) => preparerEnveloppe(consultation, groupe)));
}

async function preparerEnveloppe(consultation: string, groupe: PieceRecue[]): Promise<EnveloppePreparee> {
  const ordonnees = [...groupe].sort((a, b) => (a.entree.nom < b.entree.nom ? -1 : 1));
  const { enveloppe, lot } = ordonnees[0] as PieceRecue;
  const manifeste = buildManifest({ enveloppe, lot, consultation, fichiers: ordonnees.map(({ entree }) => entree) });
  return { enveloppe, lot, fichiers: ordonnees.map(({ fichier }) => fichier), manifeste, engagement: await commitment(manifeste) };
}

/** Le manifeste se scelle et s'envoie comme une pièce de plus, en dernier. */
export function pieceDuManifeste({ enveloppe, lot, manifeste }: EnveloppePreparee): NouvellePiece {
  return { enveloppe, lot, nom: MANIFEST_NAME, fichier: new Blob([manifestBytes(manifeste)]) };
}

export function declarer(preparee: EnveloppePreparee, manifeste: string, empreinte: string): EnveloppeDeclaree {
  const { enveloppe, lot, fichiers, engagement } = preparee;
  return { enveloppe, lot, fichiers, manifeste, engagement, empreinte };
}

/** Déposer est un acte : la clé, gardée avant l'appel, rend un double clic ou une réponse perdue sans effet. */
export async function deposer(transport: Transport, reponse: string, enveloppes: EnveloppeDeclaree[], cle: string, signal?: AbortSignal): Promise<Record<string, unknown>> {
  return transport.deposer(reponse, { enveloppes, version_client: versionDuClient }, cle, signal);
}

/** Clé d'idempotence d'une réponse : la même jusqu'au récépissé, même après un rechargement de la page. */
export function cleDIdempotence(reponse: string, stockage: Storage = localStorage): string {
  const nom = `beffroi-depot-${reponse}`;
  const connue = stockage.getItem(nom);
  if (connue) return connue;
  const nouvelle = crypto.randomUUID();
  stockage.setItem(nom, nouvelle);
  return nouvelle;
}

export function oublierCleDIdempotence(reponse: string, stockage: Storage = localStorage): void {
  stockage.removeItem(`beffroi-depot-${reponse}`);
}
