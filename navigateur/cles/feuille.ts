/** La feuille du code de secours : elle se montre, s'imprime, puis quatre groupes se recopient. */
import { direErreur, montrer, pendant, requis } from "./page";

const GROUPES_DEMANDES = 4;

/** Montre le code ; `conclure` n'est appelé qu'une fois la feuille recopiée. */
export function proposerLaFeuille(code: string, empreinte: string, conclure: () => Promise<void>): void {
  const verification = requis<HTMLFormElement>('[data-etape="recopie"]');
  let rangs: number[] = [];
  requis("[data-code]").replaceChildren(...code.split("-").map(ligneDuCode));
  requis("[data-empreinte]").textContent = empreinte.replace(/(.{8})(?=.)/g, "$1 ");
  requis("[data-imprimer]").addEventListener("click", () => window.print());
  requis("[data-gardee]").addEventListener("click", () => {
    rangs = demanderDesGroupes(code);
    montrer("recopie");
  });
  requis("[data-revoir]").addEventListener("click", () => montrer("feuille"));
  verification.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    if (!recopie(code, rangs)) return direErreur("Un groupe diffère de votre feuille. Relisez-la, puis corrigez.");
    void pendant(verification, conclure, "Le code n'a pas pu être confirmé. Recommencez.");
  });
  // Fermer avant la recopie laisse une clé sans secours : le navigateur le demande.
  window.addEventListener("beforeunload", (evenement) => {
    if (!requis('[data-etape="feuille"]').hidden) evenement.preventDefault();
  });
  montrer("feuille");
}

function ligneDuCode(groupe: string, rang: number): HTMLElement {
  const ligne = document.createElement("li");
  const fort = document.createElement("b");
  fort.textContent = groupe;
  ligne.append(`Groupe ${rang + 1} : `, fort);
  return ligne;
}

/** Quatre groupes tirés au sort : la feuille seule permet de répondre. */
function demanderDesGroupes(code: string): number[] {
  const rangs = code.split("-").map((_, rang) => rang);
  const alea = crypto.getRandomValues(new Uint32Array(rangs.length));
  const choisis = rangs.sort((a, b) => (alea[a] ?? 0) - (alea[b] ?? 0)).slice(0, GROUPES_DEMANDES).sort((a, b) => a - b);
  requis("[data-groupes]").replaceChildren(...choisis.map(champDeGroupe));
  return choisis;
}

function champDeGroupe(rang: number): HTMLElement {
  const champ = document.createElement("div");
  champ.className = "champ champ-court";
  const etiquette = document.createElement("label");
  etiquette.htmlFor = `groupe-${rang}`;
  etiquette.textContent = `Groupe ${rang + 1}`;
  const saisie = Object.assign(document.createElement("input"), { id: `groupe-${rang}`, autocomplete: "off", autocapitalize: "characters", spellcheck: false, maxLength: 6 });
  champ.append(etiquette, saisie);
  return champ;
}

/** Comme le code lui-même : ni casse, ni espaces, et les lettres qui se confondent se valent. */
function replier(groupe: string): string {
  return groupe.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
}

function recopie(code: string, rangs: number[]): boolean {
  const groupes = code.split("-");
  return rangs.every((rang) => replier(requis<HTMLInputElement>(`#groupe-${rang}`).value) === groupes[rang]);
}
