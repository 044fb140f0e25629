// J et K vont d'un point à l'autre, Entrée ouvre le point. Sans ce script, les mêmes liens et formulaires suffisent.
// Une lettre seule peut gêner qui parle à son ordinateur : un bouton les coupe, et le choix est gardé (WCAG 2.1.4).
const CHOIX = "beffroi.raccourcis";
const PAS = { j: 1, k: -1 };
const aide = document.querySelector("[data-raccourcis]");
const bouton = aide.querySelector("button");
const points = [...document.querySelectorAll("[data-points] > li:not(.ote), [data-points] > tr")];

let actifs = true;

function regler(oui) {
  actifs = oui;
  bouton.textContent = oui ? "Couper les raccourcis" : "Remettre les raccourcis";
}

function lire() {
  try {
    return localStorage.getItem(CHOIX) !== "coupes";
  } catch {
    return true;
  }
}

function garder(oui) {
  try {
    localStorage.setItem(CHOIX, oui ? "actifs" : "coupes");
  } catch {
    // Un navigateur qui ne garde rien : le choix vaut pour cette page.
  }
}

// Ce qui s'écrit, se choisit ou se presse garde ses touches.
function saisit(cible) {
  return cible.closest("input, textarea, select, [contenteditable]") !== null;
}

function courant() {
  return points.findIndex((point) => point.contains(document.activeElement));
}

function aller(pas) {
  const ici = courant();
  const rang = ici < 0 ? (pas > 0 ? 0 : points.length - 1) : Math.min(Math.max(ici + pas, 0), points.length - 1);
  viser(points[rang]);
}

function viser(point) {
  point.focus({ preventScroll: true });
  point.scrollIntoView({ block: "center" });
}

// Un paragraphe à commenter mène au formulaire, son numéro écrit ; un constat mène à son paragraphe ; une ligne, à sa page.
function ouvrir(point) {
  const numero = document.querySelector("form input[name=paragraphe]");
  if (numero && point.id.startsWith("p")) {
    numero.value = point.id.slice(1);
    numero.closest("form").querySelector("textarea").focus();
    return;
  }
  const lien = point.querySelector("a[href]");
  const ancre = lien?.getAttribute("href");
  if (ancre?.startsWith("#")) viser(document.getElementById(ancre.slice(1)));
  else lien?.click();
}

function touche(evenement) {
  if (!actifs || evenement.defaultPrevented || evenement.isComposing || saisit(evenement.target)) return;
  if (evenement.ctrlKey || evenement.metaKey || evenement.altKey || evenement.shiftKey) return;
  const pas = PAS[evenement.key];
  if (pas) aller(pas);
  else if (evenement.key === "Enter" && points.includes(evenement.target)) ouvrir(evenement.target);
  else return;
  evenement.preventDefault();
}

if (points.length > 0) {
  points.forEach((point) => point.setAttribute("tabindex", "-1"));
  regler(lire());
  bouton.addEventListener("click", () => {
    regler(!actifs);
    garder(actifs);
  });
  document.addEventListener("keydown", touche);
  aide.hidden = false;
}
