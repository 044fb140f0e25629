// Construit les scripts du navigateur. Deux constructions donnent les mêmes octets : aucune date, aucun
// chemin de la machine, et une version de client tirée des seules sources.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const racine = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const sources = path.join(racine, "navigateur");
const sortie = process.env.BEFFROI_SORTIE_JS ?? path.join(racine, "src/beffroi/faces/portail/static/beffroi/js");

const empreinte = (octets) => createHash("sha256").update(octets).digest("hex");

async function fichiersDe(dossier) {
  const entrees = await readdir(dossier, { withFileTypes: true });
  return entrees.filter((e) => e.isFile() && e.name.endsWith(".ts")).map((e) => path.join(dossier, e.name)).sort();
}

/** Version que porte chaque dépôt : le paquet, et l'empreinte des sources et du verrou des dépendances. */
async function versionDuClient() {
  const { version } = JSON.parse(await readFile(path.join(racine, "package.json"), "utf8"));
  const contextes = ["cles", "depot", "ouverture", "pages", "pages/lib", "sceau"].map((nom) => path.join(sources, nom));
  const liste = (await Promise.all(contextes.map(fichiersDe))).flat();
  const somme = createHash("sha256");
  for (const fichier of [...liste, path.join(racine, "package-lock.json")]) {
    somme.update(`${path.relative(racine, fichier)}\0${empreinte(await readFile(fichier))}\n`);
  }
  return `beffroi-navigateur/${version}+${somme.digest("hex").slice(0, 12)}`;
}

async function pointsDEntree() {
  const pages = await fichiersDe(path.join(sources, "pages"));
  const entrees = Object.fromEntries(pages.map((fichier) => [path.basename(fichier, ".ts"), fichier]));
  entrees.ouvrier = path.join(sources, "depot/ouvrier.ts");
  entrees.sodium = path.join(sources, "sceau/sodium.ts");
  return entrees;
}

const resultat = await build({
  absWorkingDir: racine,
  entryPoints: await pointsDEntree(),
  outdir: sortie,
  bundle: true,
  write: false,
  format: "esm",
  target: ["es2022"],
  platform: "browser",
  minify: true,
  charset: "utf8",
  legalComments: "eof",
  define: { VERSION_CLIENT: JSON.stringify(await versionDuClient()) },
  logLevel: "warning",
});

await rm(sortie, { recursive: true, force: true });
await mkdir(sortie, { recursive: true });
const empreintes = {};
for (const { path: chemin, contents } of resultat.outputFiles.sort((a, b) => (a.path < b.path ? -1 : 1))) {
  const nom = path.basename(chemin);
  await writeFile(chemin, contents);
  empreintes[nom] = `sha256-${createHash("sha256").update(contents).digest("base64")}`;
  const compresse = gzipSync(contents, { level: 9 }).length;
  console.log(`${nom.padEnd(24)} ${String(contents.length).padStart(8)} octets, ${String(compresse).padStart(7)} compressés`);
}
// Publiées pour que chacun compare le code servi au code publié.
await writeFile(path.join(sortie, "empreintes.json"), `${JSON.stringify(empreintes, null, 2)}\n`);
