/** Création des clés d'une consultation : une paire par enveloppe, partagée, scellée, contrôlée, effacée. */
import { seal, unseal } from "../sceau/age";
import { type Bytes, equal, erase, randomBytes } from "../sceau/encoding";
import { type KeyPair, fingerprint, generateKeyPair, keyPairFromSeed } from "../sceau/identity";
import { combine, split } from "../sceau/shares";
import type { IdentiteOuverte } from "./identite";
import { signerLaCle } from "./signature";

export type Politique = "standard" | "double";

/** Un membre ou un gardien : `empreinte` est celle que le serveur a enregistrée pour lui. */
export interface Porteur {
  reference: string;
  destinataire: string;
  empreinte: string;
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
  gardiens: Porteur[];
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

/** Deux sous-ensembles, pris aux deux bouts, doivent redonner la même clé. */
async function controlerPartage(parts: Bytes[], seuil: number, attendue: string): Promise<void> {
  for (const choisies of [parts.slice(0, seuil), parts.slice(-seuil), parts]) {
    const graine = await combine(choisies);
    const { fingerprint: obtenue, seed } = await keyPairFromSeed(graine);
    erase(graine, seed);
    if (obtenue !== attendue) throw new Error("Le partage de la clé a échoué au contrôle. Recommencez.");
  }
}

async function controlerScellement({ identity, recipient }: KeyPair): Promise<void> {
  const temoin = randomBytes(32);
  if (!equal(await unseal(await seal(temoin, recipient), identity), temoin)) throw new Error("La clé créée ne rouvre pas ce qu'elle scelle.");
}

/** Partage une graine, contrôle le partage, et scelle chaque part pour son porteur. */
export async function partager(graine: Bytes, porteurs: Porteur[], seuil: number, empreinte: string): Promise<PartScellee[]> {
  const parts = await split(graine, porteurs.length, seuil);
  try {
    await controlerPartage(parts, seuil, empreinte);
    return await Promise.all(porteurs.map(async ({ reference, destinataire }, i) => ({ reference, contenu: await seal(parts[i] as Bytes, destinataire) })));
  } finally {
    erase(...parts);
  }
}

async function creerPaire(enveloppe: string, demande: DemandeDeCles): Promise<PaireCreee> {
  const { politique, membres, gardiens, surEtape } = demande;
  surEtape?.(enveloppe, "creation");
  const paire = await generateKeyPair();
  try {
    surEtape?.(enveloppe, "partage");
    const { recipient: destinataire, fingerprint: empreinte } = paire;
    const partsDesMembres = await partager(paire.seed, membres, SEUILS[politique], empreinte);
    // Polynôme indépendant : une part de membre et une part de gardien ne se combinent pas.
    const partsDesGardiens = await partager(paire.seed, gardiens, SEUIL_DES_GARDIENS, empreinte);
    surEtape?.(enveloppe, "controle");
    await controlerScellement(paire);
    const signature = await signerLaCle(demande.signataire, {
      consultation: demande.consultation,
      enveloppe,
      destinataire,
      empreinte,
      politique,
      seuil: SEUILS[politique],
      date_limite: demande.dateLimite,
      gardiens: gardiens.map((gardien) => gardien.empreinte),
    });
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
