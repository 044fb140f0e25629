/** Page /teleassistance/<lien>/ : l'onglet qui tient le partage. Il reste ouvert ; le fermer arrête tout. */
import { donnees, requis } from "../cles/page";
import { type Message, ecrire, lire } from "../teleassistance/canal";
import { Conversation, dire, direErreur } from "../teleassistance/conversation";
import { Liaison, type Pair, type Phase } from "../teleassistance/liaison";
import { Onglets, poigneeDe } from "../teleassistance/onglets";
import { Serveur, estVif, relever } from "../teleassistance/serveur";
import { Voix } from "../teleassistance/voix";

/** Dix images par seconde suffisent à lire un écran, et laissent sa ligne à qui dépose. */
const CE_QUI_SE_CHOISIT = { video: { frameRate: { ideal: 5, max: 10 } }, audio: false, surfaceSwitching: "include", selfBrowserSurface: "exclude" } as DisplayMediaStreamOptions;

class Fenetre {
  private readonly agent: string;
  private readonly serveur: Serveur;
  private readonly onglets: Onglets;
  private readonly voix: Voix;
  private readonly conversation = new Conversation((texte) => this.dire({ genre: "texte", texte }));
  private readonly liaison: Liaison;
  private flux: MediaStream | null = null;
  private canal: RTCDataChannel | null = null;
  private finie = false;

  constructor(racine: HTMLElement, private readonly relais: RTCIceServer[]) {
    this.agent = racine.dataset.agent ?? "";
    this.onglets = new Onglets({ nom: this.agent }, () => void this.finir("terminer"), () => this.voix.couper());
    this.voix = new Voix(this.agent, (ouvert) => this.direLeMicro(ouvert));
    this.serveur = new Serveur(racine.dataset.adresse ?? "", requis<HTMLInputElement>("[name=csrfmiddlewaretoken]", racine).value);
    this.liaison = new Liaison("montre", { nouveauPair: () => this.nouveauPair(), poster: (signal) => this.serveur.poster(signal), phase: (phase) => this.suivre(phase) });
    requis("[data-choisir]").addEventListener("click", () => void this.choisir());
    requis("[data-arreter]").addEventListener("click", () => void this.finir("terminer"));
    addEventListener("pagehide", () => this.partir());
    addEventListener("beforeunload", (evenement) => this.flux && !this.finie && evenement.preventDefault());
    relever(() => this.tour(), direErreur);
  }

  private get piste(): MediaStreamTrack | undefined {
    return this.flux?.getVideoTracks()[0];
  }

  private async tour(): Promise<number> {
    if (this.finie) return 0;
    const { etat, signaux } = await this.serveur.relever();
    if (!estVif(etat)) return this.conclure();
    for (const signal of signaux) await this.liaison.recevoir(signal);
    this.dire({ genre: "vue", notre: poigneeDe(this.piste) !== "" });
    return this.canal?.readyState === "open" ? 4000 : 1500;
  }

  private async choisir(): Promise<void> {
    try {
      if (!navigator.mediaDevices?.getDisplayMedia) throw new Error("Ce navigateur ne sait pas montrer un écran. Prenez Firefox, Edge ou Chrome, sur un ordinateur.");
      const flux = await navigator.mediaDevices.getDisplayMedia(CE_QUI_SE_CHOISIT);
      for (const piste of this.flux?.getTracks() ?? []) piste.stop();
      this.flux = flux;
      // Le navigateur a son propre bouton « Arrêter » : il vaut le nôtre.
      this.piste?.addEventListener("ended", () => void this.finir("terminer"));
      direErreur(null);
      await this.serveur.agir("acte", "montrer");
      this.onglets.commencer();
      this.montrerQue("montre");
      await this.liaison.choisir();
    } catch (erreur) {
      const refuse = erreur instanceof DOMException && erreur.name === "NotAllowedError";
      direErreur(refuse ? new Error("Vous n'avez rien choisi : rien n'est montré. Recommencez quand vous voulez.") : erreur);
    }
  }

  private montrerQue(etape: "choix" | "montre"): void {
    requis("[data-choix]").hidden = etape !== "choix";
    requis("[data-montre]").hidden = etape !== "montre";
  }

  private nouveauPair(): Pair {
    const pair = new RTCPeerConnection({ iceServers: this.relais, bundlePolicy: "max-bundle" });
    for (const piste of this.flux?.getVideoTracks() ?? []) pair.addTrack(piste, this.flux as MediaStream);
    this.voix.proposer(pair);
    pair.ontrack = (arrivee) => this.voix.accueillir(arrivee);
    const canal = (this.canal = pair.createDataChannel("beffroi"));
    canal.onmessage = ({ data }: MessageEvent<unknown>) => this.recevoir(lire(data));
    canal.onopen = () => {
      this.conversation.ouvrir(true);
      this.voix.annoncer();
    };
    return pair as unknown as Pair;
  }

  /** L'agent désigne, écrit, et dit si son micro est ouvert : rien d'autre n'est entendu. */
  private recevoir(message: Message | null): void {
    if (!message || message.genre === "vue") return;
    if (message.genre === "micro") return this.voix.direLAutre(message.ouvert);
    if (message.genre === "texte") this.conversation.ajouter(this.agent, message.texte);
    this.onglets.pointer(message, poigneeDe(this.piste));
  }

  private direLeMicro(ouvert: boolean): void {
    this.dire({ genre: "micro", ouvert });
    this.onglets.direLeMicro(ouvert);
  }

  private dire(message: Message): boolean {
    if (this.canal?.readyState !== "open") return false;
    this.canal.send(ecrire(message));
    return true;
  }

  private suivre(phase: Phase): void {
    if (phase === "liaison") dire("Liaison avec le centre de gestion…");
    if (phase === "joint") dire(`${this.agent} voit ce que vous montrez. Vous pouvez aller dans un autre onglet : gardez celui-ci ouvert.`);
    if (phase === "coupe") void this.finir("couper");
  }

  private async finir(acte: "terminer" | "couper"): Promise<void> {
    if (this.finie) return;
    this.eteindre();
    await this.serveur.agir("acte", acte).catch(direErreur);
    location.reload();
  }

  /** L'agent a mis fin, un autre code a remplacé celui-ci, ou le temps est passé. La page rechargée dit lequel. */
  private conclure(): number {
    this.eteindre();
    location.reload();
    return 0;
  }

  private partir(): void {
    if (!this.flux || this.finie) return;
    this.eteindre();
    this.serveur.enPartant("acte", "couper");
  }

  /** L'image et la voix s'arrêtent avant toute autre chose. */
  private eteindre(): void {
    this.finie = true;
    for (const piste of this.flux?.getTracks() ?? []) piste.stop();
    this.voix.finir();
    this.liaison.finir();
    this.onglets.finir();
  }
}

/** Le code attend d'être tapé : la page se recharge quand quelqu'un est là, ou quand le code ne vaut plus. */
function attendre(racine: HTMLElement): void {
  const serveur = new Serveur(racine.dataset.adresse ?? "", "");
  relever(async () => {
    const { etat } = await serveur.relever();
    if (etat === "consenti") return 2000;
    location.reload();
    return 0;
  }, direErreur);
}

const racine = document.querySelector<HTMLElement>("[data-fenetre]");
if (racine?.dataset.fenetre === "code") attendre(racine);
else if (racine) new Fenetre(racine, donnees<{ relais: RTCIceServer[] }>().relais);
