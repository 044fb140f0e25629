/** Beaucoup de petits fichiers : leurs annonces et leurs fins voyagent ensemble, leurs octets chacun de leur côté. */
import { type SensDErreur, TransportError, abandon } from "./erreurs";
import type { AnnonceCourte, FichierDuPaquet, Fin, Transport } from "./transport";

/** Assez pour partager le coût d'une demande ; le serveur en admet cent. */
const AU_PLUS = 50;
/** Ce que chacun rencontrerait de même : inutile de redemander un par un. */
const POUR_TOUS: SensDErreur[] = ["session", "disque_plein", "abandonne"];

interface Attente<E, S> {
  element: E;
  signal: AbortSignal;
  resoudre(valeur: S): void;
  rejeter(erreur: unknown): void;
}

/** Un paquet à la fois : ce qui arrive pendant qu'il voyage forme le suivant. Seul, un élément part aussitôt. */
class Groupeur<E, S> {
  private attentes: Attente<E, S>[] = [];
  private enVoyage = false;

  constructor(private readonly envoyer: (elements: E[], signal: AbortSignal) => Promise<S[]>) {}

  demander(element: E, signal: AbortSignal): Promise<S> {
    return new Promise<S>((resoudre, rejeter) => {
      if (signal.aborted) return rejeter(abandon());
      const attente = { element, signal, resoudre, rejeter };
      signal.addEventListener("abort", () => rejeter(abandon()), { once: true });
      this.attentes.push(attente);
      void this.partir();
    });
  }

  private async partir(): Promise<void> {
    if (this.enVoyage) return;
    this.enVoyage = true;
    while (this.attentes.length > 0) {
      const paquet = this.attentes.splice(0, AU_PLUS).filter(({ signal }) => !signal.aborted);
      if (paquet.length > 0) await this.mener(paquet);
    }
    this.enVoyage = false;
  }

  /** Un refus ne dit pas toujours de qui il parle : chacun redemande alors pour soi, et reçoit sa propre réponse. */
  private async mener(paquet: Attente<E, S>[]): Promise<void> {
    try {
      const rendus = await this.ensemble(paquet);
      paquet.forEach(({ resoudre }, rang) => resoudre(rendus[rang] as S));
    } catch (erreur) {
      const pourTous = !(erreur instanceof TransportError) || POUR_TOUS.includes(erreur.sens);
      if (pourTous || paquet.length === 1) for (const { rejeter } of paquet) rejeter(erreur);
      else for (const attente of paquet) await this.mener([attente]);
    }
  }

  /** Le voyage ne s'interrompt que si plus personne ne l'attend. */
  private async ensemble(paquet: Attente<E, S>[]): Promise<S[]> {
    const interruption = new AbortController();
    const relais = () => paquet.every(({ signal }) => signal.aborted) && interruption.abort();
    for (const { signal } of paquet) signal.addEventListener("abort", relais);
    try {
      return await this.envoyer(paquet.map(({ element }) => element), interruption.signal);
    } finally {
      for (const { signal } of paquet) signal.removeEventListener("abort", relais);
    }
  }
}

export class Paquets {
  private readonly annonces: Groupeur<AnnonceCourte, FichierDuPaquet>;
  private readonly fins: Groupeur<Fin, unknown>;

  constructor(transport: Transport, reponse: string) {
    this.annonces = new Groupeur((annonces, signal) => transport.annoncerUnPaquet(reponse, annonces, signal));
    this.fins = new Groupeur((fins, signal) => transport.finirUnPaquet(reponse, fins, signal));
  }

  annoncer(annonce: AnnonceCourte, signal: AbortSignal): Promise<FichierDuPaquet> {
    return this.annonces.demander(annonce, signal);
  }

  async finir(fin: Fin, signal: AbortSignal): Promise<void> {
    await this.fins.demander(fin, signal);
  }
}
