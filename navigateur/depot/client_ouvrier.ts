/** Côté page : un `Scellement` dont chaque appel part à l'ouvrier. */
import { type NomDOperation, type Piece, type Reponse, type Scellement, ScellementError } from "./protocole";

/** Ce dont on a besoin d'un `Worker`. */
export interface Canal {
  postMessage(message: unknown): void;
  onmessage: ((evenement: MessageEvent<Reponse>) => void) | null;
  onerror: ((evenement: ErrorEvent) => void) | null;
  terminate(): void;
}

interface PolitiqueDeConfiance {
  createScriptURL(adresse: string): unknown;
}

interface FabriqueDePolitiques {
  createPolicy(nom: string, regles: { createScriptURL: (adresse: string) => string }): PolitiqueDeConfiance;
}

/** Nom à inscrire dans la directive `trusted-types` des pages de dépôt. */
export const POLITIQUE_DE_CONFIANCE = "beffroi-ouvrier";

let politique: PolitiqueDeConfiance | undefined;

/** Avec Trusted Types, seul un script de notre origine peut devenir ouvrier. */
function adresseDeConfiance(adresse: string): string {
  const fabrique = (globalThis as unknown as { trustedTypes?: FabriqueDePolitiques }).trustedTypes;
  const absolue = new URL(adresse, location.href);
  if (absolue.origin !== location.origin) throw new Error("l'ouvrier doit venir de notre origine");
  if (!fabrique) return absolue.href;
  politique ??= fabrique.createPolicy(POLITIQUE_DE_CONFIANCE, { createScriptURL: (url) => url });
  return politique.createScriptURL(absolue.href) as string;
}

export function demarrerOuvrier(adresse: string): Canal {
  return new Worker(adresseDeConfiance(adresse), { type: "module", name: "scellement" }) as unknown as Canal;
}

interface Attente {
  resoudre: (valeur: unknown) => void;
  rejeter: (erreur: Error) => void;
}

export class ClientOuvrier {
  private readonly attentes = new Map<number, Attente>();
  private dernier = 0;

  constructor(private readonly canal: Canal) {
    canal.onmessage = (evenement) => this.recevoir(evenement.data);
    canal.onerror = () => this.toutRejeter(new ScellementError("panne", "Le scellement s'est arrêté. Rechargez la page : rien n'est perdu."));
  }

  private recevoir(reponse: Reponse): void {
    const attente = this.attentes.get(reponse.numero);
    this.attentes.delete(reponse.numero);
    if ("cause" in reponse) attente?.rejeter(new ScellementError(reponse.cause, reponse.message));
    else attente?.resoudre(reponse.resultat);
  }

  private toutRejeter(erreur: Error): void {
    for (const { rejeter } of this.attentes.values()) rejeter(erreur);
    this.attentes.clear();
  }

  appeler<N extends NomDOperation>(operation: N, ...valeurs: Parameters<Scellement[N]>): ReturnType<Scellement[N]> {
    const numero = ++this.dernier;
    const promesse = new Promise((resoudre, rejeter) => this.attentes.set(numero, { resoudre, rejeter }));
    this.canal.postMessage({ numero, operation, arguments: valeurs });
    return promesse as ReturnType<Scellement[N]>;
  }

  arreter(): void {
    this.canal.terminate();
    this.toutRejeter(new ScellementError("panne", "Le scellement a été arrêté."));
  }
}

/** L'ouvrier sous l'interface que la file d'attente attend. */
export function scellementPar(client: ClientOuvrier): Scellement {
  return {
    ouvrir: (piece: Piece) => client.appeler("ouvrir", piece),
    scellerDAvance: (cle) => client.appeler("scellerDAvance", cle),
    partie: (cle, numero, avecOctets) => client.appeler("partie", cle, numero, avecOctets),
    conclure: (cle) => client.appeler("conclure", cle),
    noterDistant: (cle, distant) => client.appeler("noterDistant", cle, distant),
    fermer: (cle) => client.appeler("fermer", cle),
    oublier: (cle) => client.appeler("oublier", cle),
    alleger: (cle) => client.appeler("alleger", cle),
    resultat: (cle) => client.appeler("resultat", cle),
    estDejaEnvoye: (cle, fichier) => client.appeler("estDejaEnvoye", cle, fichier),
    oublierReponse: (prefixe) => client.appeler("oublierReponse", prefixe),
  };
}
