/** La voix des deux, dans la même liaison que l'image : un bouton, l'état en mots, et rien de gardé. */
import { requis } from "../cles/page";
import { direIci } from "../pages/lib/dom";
import { typo } from "../pages/lib/mots";
import { Micro } from "./micro";

const AUTREMENT = "Écrivez ci-dessous, ou parlez au téléphone.";

function raisonDuRefus(erreur: unknown): string {
  const refuse = erreur instanceof DOMException && erreur.name === "NotAllowedError";
  return refuse ? "votre navigateur ne l'a pas ouvert" : "ce poste n'en a pas, ou un autre logiciel s'en sert";
}

async function demander(): Promise<MediaStreamTrack> {
  const flux = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  return flux.getAudioTracks()[0] as MediaStreamTrack;
}

export class Voix {
  private readonly micro = new Micro<MediaStreamTrack>(demander, (ouvert) => this.changer(ouvert));
  private readonly racine = document.querySelector<HTMLElement>("[data-voix]");

  /** Sans la section, l'accord donné ne parlait pas de la voix : elle n'est pas proposée. */
  constructor(
    private readonly autre: string,
    private readonly annonce: (ouvert: boolean) => void,
  ) {
    if (!this.racine) return;
    requis("[data-micro]", this.racine).addEventListener("click", () => void this.basculer());
    requis("[data-entendre]", this.racine).addEventListener("click", () => void this.jouer());
  }

  /** Qui montre négocie la voix d'avance, micro coupé. */
  proposer(pair: RTCPeerConnection): void {
    if (this.racine) this.brancher(pair.addTransceiver("audio", { direction: "sendrecv" }));
  }

  /** La piste de l'autre est là, muette tant qu'il ne parle pas. Qui regarde répond par la sienne. */
  accueillir({ track, transceiver }: RTCTrackEvent): void {
    if (!this.racine) return;
    if (transceiver.direction === "recvonly") {
      transceiver.direction = "sendrecv";
      this.brancher(transceiver);
    }
    this.haut.srcObject = new MediaStream([track]);
    this.direLAutre(false);
    void this.jouer();
  }

  /** Le canal s'ouvre : l'autre apprend où en est ce micro. */
  annoncer(): void {
    if (!this.racine) return;
    this.racine.hidden = false;
    this.annonce(this.micro.ouvert);
  }

  direLAutre(ouvert: boolean): void {
    const dit = ouvert ? `Le micro de ${this.autre} est ouvert : vous l'entendez.` : `Le micro de ${this.autre} est coupé.`;
    if (this.racine) requis("[data-micro-en-face]", this.racine).textContent = typo(dit);
  }

  couper(): void {
    this.micro.couper();
  }

  finir(): void {
    this.micro.finir();
    if (this.racine) this.haut.srcObject = null;
  }

  private get haut(): HTMLAudioElement {
    return requis<HTMLAudioElement>("audio", this.racine as HTMLElement);
  }

  private brancher({ sender }: RTCRtpTransceiver): void {
    void this.micro.brancher(sender).catch(() => undefined);
  }

  private async basculer(): Promise<void> {
    if (this.micro.ouvert) return this.couper();
    this.dire("Votre navigateur vous demande s'il peut ouvrir le micro.");
    try {
      await this.micro.ouvrir();
    } catch (erreur) {
      this.dire(`Votre micro reste coupé : ${raisonDuRefus(erreur)}. ${AUTREMENT}`, "alert");
    }
  }

  private changer(ouvert: boolean): void {
    requis("[data-micro]", this.racine as HTMLElement).textContent = ouvert ? "Couper mon micro" : "Parler";
    this.racine?.toggleAttribute("data-ouvert", ouvert);
    this.dire(ouvert ? `Votre micro est ouvert. ${this.autre} vous entend.` : "Votre micro est coupé.");
    this.annonce(ouvert);
  }

  private dire(texte: string, role: "status" | "alert" = "status"): void {
    direIci(requis("[data-micro-etat]", this.racine as HTMLElement), texte, role);
  }

  /** Certains navigateurs n'ouvrent pas le haut-parleur sans un geste : le bouton le demande. */
  private async jouer(): Promise<void> {
    const bouton = requis("[data-entendre]", this.racine as HTMLElement);
    bouton.hidden = await this.haut.play().then(() => true, (erreur: DOMException) => erreur.name !== "NotAllowedError");
  }
}
