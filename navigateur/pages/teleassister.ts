/** Page /cdg/teleassistance/<référence>/ : voir ce qui est montré, désigner, parler, écrire. Aucune image n'est gardée. */
import { donnees, requis } from "../cles/page";
import { type Message, dansLImage, ecrire, lire } from "../teleassistance/canal";
import { Conversation, dire, direErreur } from "../teleassistance/conversation";
import { Liaison, type Pair, type Phase } from "../teleassistance/liaison";
import { Serveur, estVif, relever } from "../teleassistance/serveur";
import { Voix } from "../teleassistance/voix";

const ENTRE_DEUX_POINTEURS_MS = 40;

class Regard {
  private readonly serveur: Serveur;
  private readonly conversation = new Conversation((texte) => this.dire({ genre: "texte", texte }));
  private readonly personne: string;
  private readonly voix: Voix;
  private readonly ecran: HTMLVideoElement;
  private readonly liaison: Liaison;
  private canal: RTCDataChannel | null = null;
  private dernier = 0;
  private finie = false;

  constructor(racine: HTMLElement, private readonly relais: RTCIceServer[]) {
    this.personne = racine.dataset.personne ?? "";
    this.voix = new Voix(this.personne, (ouvert) => this.dire({ genre: "micro", ouvert }));
    this.serveur = new Serveur(racine.dataset.adresse ?? "", requis<HTMLInputElement>("[name=csrfmiddlewaretoken]", racine).value);
    this.ecran = requis<HTMLVideoElement>("[data-ecran]", racine);
    this.liaison = new Liaison("regarde", { nouveauPair: () => this.nouveauPair(), poster: (signal) => this.serveur.poster(signal), phase: (phase) => this.suivre(phase) });
    requis("[data-arreter]").addEventListener("click", () => void this.finir("terminer"));
    this.ecran.addEventListener("pointermove", (evenement) => this.designer(evenement));
    this.ecran.addEventListener("pointerleave", () => this.dire({ genre: "sans_pointeur" }));
    void this.liaison.annoncer().catch(direErreur);
    relever(() => this.tour(), direErreur);
  }

  private async tour(): Promise<number> {
    if (this.finie) return 0;
    const { etat, signaux } = await this.serveur.relever();
    if (!estVif(etat)) return this.conclure();
    for (const signal of signaux) await this.liaison.recevoir(signal);
    return this.canal?.readyState === "open" ? 4000 : 1500;
  }

  private nouveauPair(): Pair {
    const pair = new RTCPeerConnection({ iceServers: this.relais, bundlePolicy: "max-bundle" });
    pair.ontrack = (arrivee) => this.accueillir(arrivee);
    pair.ondatachannel = ({ channel }) => {
      this.canal = channel;
      channel.onmessage = ({ data }: MessageEvent<unknown>) => this.recevoir(lire(data));
      this.conversation.ouvrir(true);
      channel.onopen = () => this.voix.annoncer();
      if (channel.readyState === "open") this.voix.annoncer();
    };
    return pair as unknown as Pair;
  }

  private accueillir(arrivee: RTCTrackEvent): void {
    if (arrivee.track.kind === "audio") return this.voix.accueillir(arrivee);
    this.ecran.srcObject = arrivee.streams[0] ?? new MediaStream([arrivee.track]);
  }

  private recevoir(message: Message | null): void {
    if (message?.genre === "texte") this.conversation.ajouter(this.personne, message.texte);
    if (message?.genre === "micro") this.voix.direLAutre(message.ouvert);
    if (message?.genre === "vue") this.direCeQueVautLePointeur(message.notre);
  }

  private direCeQueVautLePointeur(notre: boolean): void {
    const texte = notre ? "Passez sur l'image : la personne voit votre pointeur sur sa page." : "Votre pointeur ne se voit pas chez elle : elle ne montre pas un onglet de ce site. Guidez-la de vive voix.";
    const dit = requis("[data-pointeur]");
    if (dit.textContent !== texte) dit.textContent = texte;
  }

  private designer({ clientX, clientY, timeStamp }: PointerEvent): void {
    if (timeStamp - this.dernier < ENTRE_DEUX_POINTEURS_MS) return;
    this.dernier = timeStamp;
    const cadre = this.ecran.getBoundingClientRect();
    const image = { largeur: this.ecran.videoWidth, hauteur: this.ecran.videoHeight };
    const point = dansLImage({ x: clientX - cadre.left, y: clientY - cadre.top }, { largeur: cadre.width, hauteur: cadre.height }, image);
    this.dire(point ? { genre: "pointeur", ...point } : { genre: "sans_pointeur" });
  }

  private dire(message: Message): boolean {
    if (this.canal?.readyState !== "open") return false;
    this.canal.send(ecrire(message));
    return true;
  }

  private suivre(phase: Phase): void {
    this.ecran.toggleAttribute("data-joint", phase === "joint");
    if (phase === "liaison") dire("Liaison avec son navigateur…");
    if (phase === "joint") dire("Vous voyez son écran. Rien n'est enregistré.");
    if (phase === "coupe") void this.finir("couper");
  }

  private async finir(acte: "terminer" | "couper"): Promise<void> {
    if (this.finie) return;
    this.eteindre();
    await this.serveur.agir("finir", acte).catch(direErreur);
    location.reload();
  }

  private conclure(): number {
    this.eteindre();
    location.reload();
    return 0;
  }

  private eteindre(): void {
    this.finie = true;
    this.voix.finir();
    this.liaison.finir();
    this.ecran.srcObject = null;
  }
}

const racine = document.querySelector<HTMLElement>("[data-regard]");
if (racine) new Regard(racine, donnees<{ relais: RTCIceServer[] }>().relais);
