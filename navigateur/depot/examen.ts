/** Examen local d'un fichier, sans l'envoyer : mot de passe, macros. Quelques lectures, jamais tout le fichier. */

export interface Examen {
  motDePasse: boolean;
  macros: boolean;
}

/** Ce qu'un examen demande à un fichier. */
export interface Lisible {
  readonly size: number;
  slice(debut: number, fin?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

const FENETRE = 64 * 1024;
const REPERTOIRE_MAXIMUM = 8 * 1024 * 1024;
const FIN_DE_ZIP = 0x06054b50;
const ENTREE_DE_ZIP = 0x02014b50;
const ENTETE_OLE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
const EXTENSIONS_A_MACROS = /\.(?:docm|dotm|xlsm|xltm|xlam|pptm|potm|ppsm)$/i;
const ENTREES_A_MACROS = /(?:^|\/)vbaProject\.bin$|^Basic\/|^Scripts\//;

async function lire(fichier: Lisible, debut: number, longueur: number): Promise<Uint8Array> {
  return new Uint8Array(await fichier.slice(Math.max(0, debut), Math.max(0, debut) + longueur).arrayBuffer());
}

/** Un octet, un caractère : de quoi chercher un mot dans des données binaires. */
function enTexte(octets: Uint8Array): string {
  return new TextDecoder("latin1").decode(octets);
}

async function examinerPdf(fichier: Lisible): Promise<Examen> {
  // `/Encrypt` est dans la fin du fichier, ou au début d'un PDF optimisé pour la lecture en ligne.
  const bouts = [await lire(fichier, 0, FENETRE), await lire(fichier, fichier.size - FENETRE, FENETRE)].map(enTexte);
  return { motDePasse: bouts.some((bout) => /\/Encrypt[\s<]/.test(bout)), macros: bouts.some((bout) => /\/(?:JavaScript|Launch)\b/.test(bout)) };
}

interface EntreeDeZip {
  nom: string;
  chiffree: boolean;
}

async function repertoireDeZip(fichier: Lisible): Promise<EntreeDeZip[]> {
  const fin = await lire(fichier, fichier.size - 65_557, 65_557);
  const vue = new DataView(fin.buffer);
  let position = fin.length - 22;
  while (position >= 0 && vue.getUint32(position, true) !== FIN_DE_ZIP) position--;
  if (position < 0) return [];
  const longueur = Math.min(vue.getUint32(position + 12, true), REPERTOIRE_MAXIMUM);
  return lireEntrees(await lire(fichier, vue.getUint32(position + 16, true), longueur));
}

function lireEntrees(octets: Uint8Array): EntreeDeZip[] {
  const vue = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const entrees: EntreeDeZip[] = [];
  for (let position = 0; position + 46 <= octets.length && vue.getUint32(position, true) === ENTREE_DE_ZIP; ) {
    const longueurDuNom = vue.getUint16(position + 28, true);
    const nom = enTexte(octets.subarray(position + 46, position + 46 + longueurDuNom));
    entrees.push({ nom, chiffree: (vue.getUint16(position + 8, true) & 1) === 1 });
    position += 46 + longueurDuNom + vue.getUint16(position + 30, true) + vue.getUint16(position + 32, true);
  }
  return entrees;
}

async function examinerZip(fichier: Lisible): Promise<Examen> {
  const entrees = await repertoireDeZip(fichier);
  return { motDePasse: entrees.some(({ chiffree }) => chiffree), macros: entrees.some(({ nom }) => ENTREES_A_MACROS.test(nom)) };
}

/** Ancien format d'Office, ou document récent chiffré : tous deux sont des conteneurs OLE. */
async function examinerOle(fichier: Lisible): Promise<Examen> {
  const bouts = [await lire(fichier, 0, 1024 * 1024), await lire(fichier, fichier.size - 1024 * 1024, 1024 * 1024)].map(enTexte);
  const contient = (mot: string) => bouts.some((bout) => bout.includes([...mot].join("\u0000")));
  return { motDePasse: contient("EncryptedPackage"), macros: contient("_VBA_PROJECT") };
}

export async function examiner(fichier: Lisible, nom: string): Promise<Examen> {
  const debut = enTexte(await lire(fichier, 0, 8));
  const macrosParLeNom = EXTENSIONS_A_MACROS.test(nom);
  let examen: Examen = { motDePasse: false, macros: false };
  if (debut.startsWith("%PDF-")) examen = await examinerPdf(fichier);
  else if (debut.startsWith("PK")) examen = await examinerZip(fichier);
  else if (debut === ENTETE_OLE) examen = await examinerOle(fichier);
  return { ...examen, macros: examen.macros || macrosParLeNom };
}
