// Assemble les tests TypeScript hors du dépôt, puis les confie au lanceur de tests de Node.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const racine = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dossier = path.join(racine, "navigateur/tests");
const choix = process.argv.slice(2);
const noms = (await readdir(dossier)).filter((nom) => nom.endsWith(".test.ts")).sort();
const retenus = choix.length === 0 ? noms : noms.filter((nom) => choix.some((mot) => nom.includes(mot)));
const sortie = await mkdtemp(path.join(racine, "node_modules/.tests-"));

try {
  await build({
    absWorkingDir: racine,
    entryPoints: retenus.map((nom) => path.join(dossier, nom)),
    outdir: sortie,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: ["node20"],
    sourcemap: "inline",
    define: { VERSION_CLIENT: '"beffroi-navigateur/test"', RACINE_DU_DEPOT: JSON.stringify(racine) },
    logLevel: "warning",
  });
  const fichiers = retenus.map((nom) => path.join(sortie, nom.replace(/\.ts$/, ".mjs")));
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...fichiers], { stdio: "inherit", cwd: racine });
  process.exitCode = status ?? 1;
} finally {
  await rm(sortie, { recursive: true, force: true });
}
