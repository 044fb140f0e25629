/** La boîte aux lettres des deux navigateurs : des questions courtes et espacées, rien de tenu ouvert. */
import type { Signal } from "./liaison";

export interface Nouvelles {
  etat: string;
  fini_par: string;
  signaux: (Signal & { rang: number })[];
}

const VIFS: readonly string[] = ["consenti", "rejoint", "montre"];

export function estVif(etat: string): boolean {
  return VIFS.includes(etat);
}

/** Un refus du serveur, dans ses mots. */
export class Refus extends Error {}

export class Serveur {
  private depuis = 0;

  constructor(
    private readonly adresse: string,
    private readonly csrf: string,
  ) {}

  async relever(): Promise<Nouvelles> {
    const reponse = await fetch(`${this.adresse}etat.json?depuis=${this.depuis}`, { headers: { Accept: "application/json" } });
    const nouvelles = await lire<Nouvelles>(reponse);
    for (const { rang } of nouvelles.signaux) this.depuis = Math.max(this.depuis, rang);
    return nouvelles;
  }

  async poster(signal: Signal): Promise<void> {
    const entetes = { "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    await lire(await fetch(`${this.adresse}signaux/`, { method: "POST", headers: entetes, body: JSON.stringify(signal) }));
  }

  /** `montrer`, `refuser`, `couper`, `terminer` : un fait, que la page suivante dira. */
  async agir(chemin: string, acte: string): Promise<void> {
    const reponse = await fetch(`${this.adresse}${chemin}/`, { method: "POST", body: this.corps(acte), redirect: "manual" });
    if (reponse.type !== "opaqueredirect" && !reponse.ok) throw new Refus("Le serveur n'a pas enregistré ce geste. Rechargez la page.");
  }

  /** La page se ferme : le message part quand même. */
  enPartant(chemin: string, acte: string): void {
    navigator.sendBeacon(`${this.adresse}${chemin}/`, this.corps(acte));
  }

  private corps(acte: string): FormData {
    const corps = new FormData();
    corps.set("acte", acte);
    corps.set("csrfmiddlewaretoken", this.csrf);
    return corps;
  }
}

async function lire<Type>(reponse: Response): Promise<Type> {
  const json = reponse.headers.get("Content-Type")?.includes("json") ?? false;
  if (!json) throw new Refus("Le serveur ne répond pas comme prévu. Rechargez la page.");
  const lu = (await reponse.json()) as Type & { message?: string; title?: string };
  if (!reponse.ok) throw new Refus(lu.message ?? lu.title ?? "Le serveur a refusé. Rechargez la page.");
  return lu;
}

/**
 * Demande, attend, redemande. `dit` reçoit la panne, puis `null` quand elle est passée ; jamais autrement : ce que la page
 * dit d'autre, un choix refusé, ne s'efface pas à la demande suivante.
 */
export function relever(tour: () => Promise<number>, dit: (erreur: unknown) => void): void {
  let enPanne = false;
  const encore = async (): Promise<void> => {
    let pause = 3000;
    try {
      pause = await tour();
      if (enPanne) dit(null);
      enPanne = false;
    } catch (erreur) {
      enPanne = true;
      dit(erreur);
    }
    if (pause > 0) setTimeout(() => void encore(), pause);
  };
  void encore();
}
