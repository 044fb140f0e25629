/** Ce que la fenêtre de partage dit aux autres onglets du site, et ce qu'ils lui disent. Le témoin parle la même langue. */
import type { Message } from "./canal";

const NOM = "beffroi.partage";

export interface Avec {
  nom: string;
}

/** Tient le partage pour les autres onglets : le verrou tombe avec cet onglet, quoi qu'il arrive, et ils le savent aussitôt. */
export class Onglets {
  private readonly canal = new BroadcastChannel(NOM);
  private rendre: (() => void) | null = null;
  private micro = false;

  constructor(
    private readonly avec: Avec,
    arreter: () => void,
    couper: () => void,
  ) {
    this.canal.addEventListener("message", ({ data }: MessageEvent<{ genre?: string }>) => {
      if (data?.genre === "arreter") arreter();
      if (data?.genre === "couper_micro") couper();
    });
  }

  commencer(): void {
    if (this.rendre) return;
    const tenu = new Promise<void>((rendre) => (this.rendre = rendre));
    void navigator.locks.request(NOM, () => {
      this.marquer();
      this.canal.postMessage({ genre: "debut", ...this.avec, micro: this.micro });
      return tenu;
    });
  }

  /** Un micro ouvert se dit sur chaque page, celles d'après aussi. */
  direLeMicro(ouvert: boolean): void {
    this.micro = ouvert;
    if (this.rendre) this.marquer();
    this.canal.postMessage({ genre: "micro", ouvert });
  }

  private marquer(): void {
    localStorage.setItem(NOM, JSON.stringify({ ...this.avec, micro: this.micro }));
  }

  pointer(message: Message, poignee: string): void {
    this.canal.postMessage({ ...message, poignee });
  }

  finir(): void {
    localStorage.removeItem(NOM);
    this.rendre?.();
    this.rendre = null;
  }
}

interface PisteATenir extends MediaStreamTrack {
  getCaptureHandle?(): { origin?: string; handle?: string } | null;
}

/** La poignée de la page montrée, si c'est un onglet de ce site : le navigateur le dit, la page ne le prétend pas seule. */
export function poigneeDe(piste: MediaStreamTrack | undefined): string {
  const tenue = (piste as PisteATenir | undefined)?.getCaptureHandle?.() ?? null;
  return tenue?.origin === location.origin ? (tenue.handle ?? "") : "";
}
