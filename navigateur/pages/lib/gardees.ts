/** Reprendre les pièces que l'entreprise garde : les lire ici, prouver leurs octets, et les sceller comme un fichier choisi. */
import { leverUnAvis, poserUnAvis } from "./avis";
import { tous, un } from "./dom";

/** La personne lit pourquoi, et ce qu'elle peut faire. */
class PieceIllisible extends Error {}

export type Prendre = (fichier: File, intitule: string) => Promise<void>;

export function brancherLesGardees(zone: HTMLElement, prendre: Prendre): void {
  zone.hidden = false;
  const bouton = un<HTMLButtonElement>("[data-reprendre]", zone);
  // `aria-disabled` plutôt que `disabled` : le clavier garde sa place pendant la lecture.
  bouton?.addEventListener("click", () => {
    if (bouton.getAttribute("aria-disabled") === "true") return;
    bouton.setAttribute("aria-disabled", "true");
    void reprendre(zone, prendre).finally(() => bouton.removeAttribute("aria-disabled"));
  });
}

async function reprendre(zone: HTMLElement, prendre: Prendre): Promise<void> {
  const cochees = tous<HTMLInputElement>("[data-gardee]", zone).filter(({ checked }) => checked);
  if (cochees.length === 0) return poserUnAvis("gardees", "attention", "Aucune pièce n'est cochée", "Cochez celles qui vont dans cette réponse.");
  leverUnAvis("gardees");
  const manquees: string[] = [];
  for (const coche of cochees) {
    const intitule = coche.dataset["intitule"] ?? "";
    try {
      await prendre(await lire(coche), intitule);
      coche.checked = false;
    } catch (erreur) {
      manquees.push(`« ${intitule} » : ${erreur instanceof PieceIllisible ? erreur.message : "la connexion a été coupée. Réessayez."}`);
    }
  }
  if (manquees.length > 0) poserUnAvis("gardees", "danger", "Une pièce n'a pas été reprise", manquees.join(" "));
}

async function lire(coche: HTMLInputElement): Promise<File> {
  const { gardee = "", nom = "", sha256 = "", ajoutee = "" } = coche.dataset;
  const reponse = await fetch(gardee, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (reponse.type === "opaqueredirect") throw new PieceIllisible("votre connexion a pris fin. Reconnectez-vous, puis réessayez.");
  if (reponse.status === 404) throw new PieceIllisible("elle n'est plus gardée. Rechargez la page.");
  if (!reponse.ok) throw new PieceIllisible("le serveur n'a pas pu la rendre. Réessayez, ou choisissez-la sur votre ordinateur.");
  const octets = await reponse.arrayBuffer();
  if (hexadecimal(await crypto.subtle.digest("SHA-256", octets)) !== sha256) throw new PieceIllisible("elle est arrivée abîmée. Réessayez.");
  // La même pièce relue est le même fichier : une reprise après coupure la reconnaît.
  return new File([octets], nom, { lastModified: Date.parse(ajoutee) });
}

function hexadecimal(octets: ArrayBuffer): string {
  return [...new Uint8Array(octets)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
