/** Création des clés d'une consultation : une paire par enveloppe, partagée, scellée, contrôlée, effacée. */
import { seal, unseal } from "../sceau/age";
import { type Bytes, equal, erase, fromHex, randomBytes } from "../sceau/encoding";
import { type KeyPair, fingerprint, generateKeyPair } from "../sceau/identity";
import { buildRecord, recordBytes } from "../sceau/key_record";
import { type Purpose, combine, split } from "../sceau/shares";
import { identityFingerprint, publicIdentityOf } from "../sceau/signing";
import type { IdentiteOuverte } from "./identite";
import { signerLaCle } from "./signature";

export type Politique = "standard" | "double";

/** Un membre ou un gardien : `empreinte` est celle que le serveur a enregistrée pour lui. */
export interface Porteur {
  reference: string;
  destinataire: string;
  empreinte: string;
}

/** Un gardien est nommé dans ce que la personne signe, par l'empreinte de ses deux clés (sceau, SPEC §4). */
export interface PorteurNomme extends Porteur {
  /** En hexadécimal. */
  cle_de_signature: string;
}

export interface PartScellee {
  /** Référence du porteur. */
  reference: string;
  contenu: Bytes;
}

export interface PaireCreee {
  enveloppe: string;
  destinataire: string;
  empreinte: string;
  politique: Politique;
  partsDesMembres: PartScellee[];
  partsDesGardiens: PartScellee[];
  /** De la personne qui crée les clés, sur l'enregistrement de la clé (sceau, SPEC §11) ; en base64. */
  signature: string;
}

export interface DemandeDeCles {
  consultation: string;
  /** Celle du moment, telle que le service l'écrit ; absente si elle n'est pas fixée. */
  dateLimite: string | null;
  signataire: IdentiteOuverte;
  enveloppes: string[];
  politique: Politique;
  membres: Porteur[];
  gardiens: PorteurNomme[];
  surEtape?: (enveloppe: string, etape: "creation" | "partage" | "controle") => void;
}

export const SEUILS: Record<Politique, number> = { standard: 1, double: 2 };
export const MEMBRES_MINIMUM: Record<Politique, number> = { standard: 2, double: 3 };
export const NOMBRE_DE_GARDIENS = 3;
export const SEUIL_DES_GARDIENS = 2;

/** Assez de porteurs, tous différents, chacun avec la clé que son empreinte annonce. */
export async function exigerPorteurs(porteurs: Porteur[], minimum: number, nom: string): Promise<void> {
  if (porteurs.length < minimum) throw new Error(`Il faut au moins ${minimum} ${nom}.`);
  if (new Set(porteurs.map(({ destinataire }) => destinataire)).size !== porteurs.length) throw new Error(`Deux ${nom} ont la même clé.`);
  for (const { destinataire, empreinte } of porteurs) {
    if ((await fingerprint(destinataire)) !== empreinte) throw new Error("La clé publique d'une personne ne correspond pas à son empreinte.");
  }
}

/** Deux sous-ensembles, pris aux deux bouts, doivent redonner la clé que les parts nomment. */
async function controlerPartage(parts: Bytes[], seuil: number): Promise<void> {
  for (const choisies of [parts.slice(0, seuil), parts.slice(-seuil), parts]) erase((await combine(choisies)).seed);
}

async function controlerScellement({ identity, recipient }: KeyPair): Promise<void> {
  const temoin = randomBytes(32);
  if (!equal(await unseal(await seal(temoin, recipient), identity), temoin)) throw new Error("La clé créée ne rouvre pas ce qu'elle scelle.");
}

export interface Partage {
  seuil: number;
  usage: Purpose;
  /** Ce que l'acheteur signe de la clé ; vide pour une clé d'essai. */
  enregistrement: Uint8Array;
}

/** Partage une clé, contrôle le partage, et scelle chaque part pour son porteur. */
export async function partager(cle: Pick<KeyPair, "seed" | "fingerprint">, porteurs: Porteur[], { seuil, usage, enregistrement }: Partage): Promise<PartScellee[]> {
  const parts = await split(cle, { shares: porteurs.length, threshold: seuil, purpose: usage, record: enregistrement });
  try {
    await controlerPartage(parts, seuil);
    return await Promise.all(porteurs.map(async ({ reference, destinataire }, i) => ({ reference, contenu: await seal(parts[i] as Bytes, destinataire) })));
  } finally {
    erase(...parts);
  }
}

/** L'empreinte d'une personne couvre sa clé de scellement et sa clé de signature : qui la lit sait laquelle des deux elle nomme. */
function empreinteDuGardien({ empreinte, cle_de_signature }: PorteurNomme): Promise<string> {
  return identityFingerprint({ sealing: empreinte, signing: fromHex(cle_de_signature) });
}

async function enregistrementDe(enveloppe: string, { recipient, fingerprint: empreinte }: KeyPair, { consultation, dateLimite, signataire, politique, gardiens }: DemandeDeCles): Promise<Bytes> {
  const usage = { consultation, enveloppe, politique, seuil: SEUILS[politique], date_limite: dateLimite };
  const personne = await publicIdentityOf(signataire.identite);
  const qui = { signataire: await identityFingerprint(personne), scellement_du_signataire: personne.sealing };
  return recordBytes(buildRecord({ ...usage, ...qui, destinataire: recipient, empreinte, gardiens: await Promise.all(gardiens.map(empreinteDuGardien)) }));
}

async function creerPaire(enveloppe: string, demande: DemandeDeCles): Promise<PaireCreee> {
  const { politique, membres, gardiens, surEtape } = demande;
  surEtape?.(enveloppe, "creation");
  const paire = await generateKeyPair();
  try {
    surEtape?.(enveloppe, "partage");
    const { recipient: destinataire, fingerprint: empreinte } = paire;
    const enregistrement = await enregistrementDe(enveloppe, paire, demande);
    const partsDesMembres = await partager(paire, membres, { seuil: SEUILS[politique], usage: "member", enregistrement });
    // Polynôme indépendant : une part de membre et une part de gardien ne se combinent pas.
    const partsDesGardiens = await partager(paire, gardiens, { seuil: SEUIL_DES_GARDIENS, usage: "custodian", enregistrement });
    surEtape?.(enveloppe, "controle");
    await controlerScellement(paire);
    const signature = await signerLaCle(demande.signataire, enregistrement);
    return { enveloppe, destinataire, empreinte, politique, partsDesMembres, partsDesGardiens, signature };
  } finally {
    erase(paire.seed);
  }
}

export async function creerCles(demande: DemandeDeCles): Promise<PaireCreee[]> {
  await exigerPorteurs(demande.membres, MEMBRES_MINIMUM[demande.politique], "membres");
  await exigerPorteurs(demande.gardiens, NOMBRE_DE_GARDIENS, "gardiens");
  const paires: PaireCreee[] = [];
  for (const enveloppe of demande.enveloppes) paires.push(await creerPaire(enveloppe, demande));
  return paires;
}
