/** Les nombres et les heures tels que les pages les écrivent : mêmes mots que le serveur. */

const INSECABLE = "\u00a0";
const PARIS = "Europe/Paris";
const format = new Intl.DateTimeFormat("fr-FR", { timeZone: PARIS, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const formatCourt = new Intl.DateTimeFormat("fr-FR", { timeZone: PARIS, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function heure(instant: Date): string {
  return format.format(instant);
}

const formatDuJour = new Intl.DateTimeFormat("fr-FR", { timeZone: PARIS, weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** L'heure seule le jour même ; « le mardi 12 janvier 2027 à 12:00:00 » les autres jours. */
export function echeance(limite: Date, maintenant: Date): string {
  const jour = formatDuJour.format(limite);
  return jour === formatDuJour.format(maintenant) ? heure(limite) : `le ${jour.replace(" 1 ", " 1er ")} à ${heure(limite)}`;
}

export function heureCourte(instant: Date): string {
  return formatCourt.format(instant);
}

export function taille(octets: number): string {
  if (octets < 1000) return `${octets}${INSECABLE}${octets < 2 ? "octet" : "octets"}`;
  const kilo = Math.round(octets / 1000);
  if (kilo < 1000) return `${kilo}${INSECABLE}ko`;
  const [diviseur, unite] = octets < 999_950_000 ? [1e6, "Mo"] : [1e9, "Go"];
  return `${(octets / (diviseur as number)).toLocaleString("fr-FR", { maximumFractionDigits: 1 })}${INSECABLE}${unite}`;
}

function mesure(nombre: number, unite: string): string {
  return `${nombre}${INSECABLE}${unite}`;
}

/** Tronquée à la précision utile ; une durée négative se lit comme sa valeur absolue. */
export function duree(millisecondes: number): string {
  const secondes = Math.floor(Math.abs(millisecondes) / 1000);
  if (secondes >= 86_400) return enJours(secondes);
  if (secondes >= 3600) return mesure(Math.floor(secondes / 3600), "h") + suffixe(Math.floor((secondes % 3600) / 60), "min");
  if (secondes >= 60) return mesure(Math.floor(secondes / 60), "min") + suffixe(secondes % 60, "s");
  return mesure(secondes, "s");
}

function suffixe(nombre: number, unite: string): string {
  return nombre ? ` ${mesure(nombre, unite)}` : "";
}

function enJours(secondes: number): string {
  const jours = Math.floor(secondes / 86_400);
  const debut = mesure(jours, jours === 1 ? "jour" : "jours");
  const precisions = [mesure(Math.floor((secondes % 86_400) / 3600), "h"), mesure(Math.floor((secondes % 3600) / 60), "min")].filter((p) => !p.startsWith("0"));
  if (precisions.length === 0) return debut;
  return precisions.length === 2 ? `${debut}, ${precisions.join(" et ")}` : `${debut} et ${precisions[0]}`;
}

/** Le temps qu'il faut encore : à la minute au-delà d'une minute, car la prévision n'est pas plus fine. */
export function dureeApprochee(millisecondes: number): string {
  const secondes = Math.max(1, Math.ceil(millisecondes / 1000));
  if (secondes < 60) return mesure(secondes, "s");
  const minutes = Math.ceil(secondes / 60);
  return minutes < 60 ? mesure(minutes, "min") : duree(minutes * 60_000);
}

/** « 10 000 ». */
export function nombreLisible(nombre: number): string {
  return nombre.toLocaleString("fr-FR");
}

export function pluriel(nombre: number, un: string, plusieurs: string): string {
  return `${nombreLisible(nombre)} ${nombre > 1 ? plusieurs : un}`;
}

/** Espaces insécables et apostrophes : la page les a, ce que le script ajoute aussi. */
export function typo(texte: string): string {
  return texte.replace(/'/g, "’").replace(/ ([:;?!»])/g, `${INSECABLE}$1`).replace(/« /g, `«${INSECABLE}`).replace(/(\d) (%|s|min|h|Mo|ko|Go)(?![\wà-ü])/g, `$1${INSECABLE}$2`);
}
