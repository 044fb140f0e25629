/** Pages /cles/creer/ et /cles/secours/ : la clé d'une personne se fait ici, son code de secours se recopie ici. */
import {
  type FenteAOuvrir,
  type IdentiteOuverte,
  codeBienForme,
  creerIdentite,
  fermerParPasskey,
  fermerParPhrase,
  fermerParSecours,
  ouvrirIdentite,
} from "../cles/identite";
import { Refus, dire, direErreur, donnees, envoyer, fenteEnvoyee, montrer, pendant, requis } from "../cles/page";
import { fromBase64 } from "../sceau/encoding";

const LONGUEUR_MINIMALE = 16;
const GROUPES_DEMANDES = 4;

function phraseChoisie(): string {
  const phrase = requis<HTMLInputElement>("#phrase").value.trim();
  if (phrase.length < LONGUEUR_MINIMALE) throw new Refus("La phrase de clé est trop courte. Écrivez au moins 16 caractères.");
  if (new Set(phrase).size < 8) throw new Refus("La phrase de clé se devine. Choisissez des mots plus variés.");
  if (phrase !== requis<HTMLInputElement>("#phrase-encore").value.trim()) throw new Refus("Les deux phrases diffèrent. Écrivez-les de nouveau.");
  return phrase;
}

async function passkey(identite: IdentiteOuverte, titulaire: string) {
  try {
    return await fermerParPasskey(identite, `Clé Beffroi de ${titulaire}`);
  } catch {
    throw new Refus("Cet appareil ne sait pas garder la clé par une clé d'accès. Décochez la case et continuez avec la phrase.");
  }
}

async function fabriquer(page: HTMLElement): Promise<string> {
  const phrase = phraseChoisie();
  dire("Fabrication de la clé, quelques secondes…");
  const identite = await creerIdentite();
  const fentes = [await fermerParPhrase(identite, phrase)];
  if (requis<HTMLInputElement>("#passkey").checked) fentes.push(await passkey(identite, page.dataset.titulaire ?? ""));
  const { fente, code } = await fermerParSecours(identite);
  await envoyer({ destinataire: identite.destinataire, fentes: [...fentes, fente].map(fenteEnvoyee) });
  requis("[data-code]").replaceChildren(...code.split("-").map(ligneDuCode));
  requis("[data-empreinte]").textContent = identite.empreinte.replace(/(.{8})(?=.)/g, "$1 ");
  for (const champ of page.querySelectorAll<HTMLInputElement>("input[type=password]")) champ.value = "";
  return code;
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

function creation(page: HTMLElement): void {
  let code = "";
  let rangs: number[] = [];
  const ouverture = requis<HTMLFormElement>('[data-etape="ouverture"]');
  const verification = requis<HTMLFormElement>('[data-etape="recopie"]');
  ouverture.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    void pendant(ouverture, async () => {
      code = await fabriquer(page);
      montrer("feuille");
    }, "La clé n'a pas pu être fabriquée. Mettez à jour votre navigateur, ou prenez-en un autre.");
  });
  requis("[data-imprimer]").addEventListener("click", () => window.print());
  requis("[data-gardee]").addEventListener("click", () => {
    rangs = demanderDesGroupes(code);
    montrer("recopie");
  });
  requis("[data-revoir]").addEventListener("click", () => montrer("feuille"));
  verification.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    if (!recopie(code, rangs)) return direErreur("Un groupe diffère de votre feuille. Relisez-la, puis corrigez.");
    void pendant(verification, async () => {
      const { suite } = await envoyer<{ suite: string }>({}, page.dataset.secours);
      location.assign(suite);
    }, "Le code n'a pas pu être confirmé. Recommencez.");
  });
  // Fermer avant la recopie laisse une clé sans secours : le navigateur le demande.
  window.addEventListener("beforeunload", (evenement) => {
    if (code && !requis('[data-etape="feuille"]').hidden) evenement.preventDefault();
  });
}

interface Secours {
  fentes: { sorte: "secours"; contenu: string; parametres: Record<string, string> }[];
  empreinte: string;
}

function recopieSeule(): void {
  const { fentes, empreinte } = donnees<Secours>();
  const formulaire = requis<HTMLFormElement>('[data-etape="code"]');
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    void pendant(formulaire, async () => {
      const saisie = requis<HTMLInputElement>("#code").value;
      if (!codeBienForme(saisie)) throw new Refus("Le code a une faute de frappe. Relisez votre feuille.");
      dire("Ouverture de la clé, quelques secondes…");
      const [fente] = fentes;
      if (!fente) throw new Refus("Cette clé n'a pas de code de secours. Retirez-la, puis créez-en une autre.");
      const aOuvrir: FenteAOuvrir = { ...fente, contenu: fromBase64(fente.contenu) };
      if ((await ouvrirIdentite(aOuvrir, saisie)).empreinte !== empreinte) throw new Refus("Ce code ouvre une autre clé.");
      const { suite } = await envoyer<{ suite: string }>({});
      location.assign(suite);
    }, "Ce code n'ouvre pas votre clé. Est-ce bien la feuille de cette clé ?");
  });
}

const page = document.querySelector<HTMLElement>("[data-creation]");
if (page) creation(page);
else recopieSeule();
