/** La barre du temps : l'heure du serveur et son incertitude, ce qu'il reste, ce qui est dit à haute voix. */
import { Horloge } from "../../depot/horloge";
import { poserUnAvis, leverUnAvis } from "./avis";
import { ecrire, un } from "./dom";
import { enoncer } from "./messages";
import { duree, heure, pluriel } from "./mots";

const MINUTES_ANNONCEES = [60, 30, 15, 10, 5, 2, 1];
const ORIGINE = 4;
const PAS = 10;
const SOCLE = 25;
const PIED = 24;

export const horloge = new Horloge({ surChangement: () => actualiser() });

let annoncee: number | null = null;
let passee = false;

function barre(): HTMLElement | null {
  return un("[data-temps]");
}

export function limite(): Date | null {
  const texte = barre()?.dataset["limite"];
  return texte ? new Date(texte) : null;
}

export function demarrerLeTemps(): void {
  if (!barre()) return;
  horloge.demarrer();
  actualiser();
  setInterval(actualiser, 1000);
  addEventListener("offline", actualiser);
}

export function actualiser(): void {
  const cadre = barre();
  const borne = limite();
  // Avant la première mesure, l'heure écrite par le serveur vaut mieux que celle de l'ordinateur.
  if (!cadre || !borne || horloge.etat().ecart === null) return;
  const reste = horloge.resteAvant(borne);
  ecrire(un("[data-temps-serveur]", cadre), heure(horloge.maintenant()));
  ecrire(un("[data-temps-reste]", cadre), duree(reste));
  ecrire(un("[data-temps-intitule]", cadre), reste >= 0 ? "Il reste" : "L'heure limite est passée depuis");
  ecrire(un("[data-temps-incertitude]", cadre), incertitude());
  cadre.classList.toggle("temps-loin", reste > 3_600_000);
  dessiner(cadre, reste);
  annoncer(cadre, reste);
  direLOrdinateur();
}

function incertitude(): string {
  const { incertitude: ecart, horsConnexion } = horloge.etat();
  if (horsConnexion || !navigator.onLine) return "(hors connexion, heure estimée)";
  return ecart === null ? "" : `(± ${(Math.max(100, Math.ceil(ecart / 100) * 100) / 1000).toLocaleString("fr-FR")} s)`;
}

function traits(debut: number, fin: number): string {
  let chemin = "";
  for (let minute = debut; minute <= fin; minute++) chemin += `M${ORIGINE + PAS * minute} ${PIED}V${minute % 15 === 0 ? 4 : minute % 5 === 0 ? 10 : 16}`;
  return chemin;
}

function dessiner(cadre: HTMLElement, reste: number): void {
  const ecoulees = Math.min(60, Math.max(0, 60 - reste / 60_000));
  const rang = ecoulees > 0 ? Math.floor(ecoulees) + 1 : 0;
  const bascule = Math.round(ORIGINE + PAS * ecoulees);
  const fin = ORIGINE + PAS * 60;
  const tracer = (nom: string, chemin: string) => un<SVGPathElement>(`[data-minuterie-${nom}]`, cadre)?.setAttribute("d", chemin);
  un("[data-minuterie]", cadre)?.classList.toggle("minuterie-loin", ecoulees === 0);
  tracer("passe", traits(0, rang - 1));
  tracer("reste", traits(rang, 60));
  tracer("socle", bascule > ORIGINE ? `M${ORIGINE} ${SOCLE}H${bascule}` : "");
  tracer("socle-reste", bascule < fin ? `M${bascule} ${SOCLE}H${fin}` : "");
}

/** Dit une fois chaque palier : un compte à rebours lu chaque seconde empêcherait de travailler. */
function annoncer(cadre: HTMLElement, reste: number): void {
  const voix = un("[data-temps-annonce]", cadre);
  if (reste < 0) {
    if (!passee) enoncer(voix, "L'heure limite est passée. Vous pouvez encore déposer : la réponse sera marquée hors délai.", "heure_limite");
    passee = true;
    return;
  }
  const palier = MINUTES_ANNONCEES.filter((minute) => reste <= minute * 60_000).at(-1) ?? null;
  if (palier !== null && palier !== annoncee && annoncee !== null) enoncer(voix, `Il reste ${pluriel(palier, "minute", "minutes")} avant l'heure limite.`, "heure_limite");
  annoncee = palier ?? 99;
}

function direLOrdinateur(): void {
  if (!horloge.ordinateurDeregle()) return leverUnAvis("horloge");
  const ecart = horloge.etat().ecart ?? 0;
  const sens = ecart < 0 ? "d'avance" : "de retard";
  poserUnAvis("horloge", "attention", `L'horloge de votre ordinateur a ${duree(Math.round(ecart / 1000) * 1000)} ${sens}`, "Seule l'heure du serveur compte. C'est celle qui est affichée ici.");
}
