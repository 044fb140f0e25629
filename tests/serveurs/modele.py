"""Une base migrée une fois, que chaque essai recopie :
migrer prend quelques secondes, copier un instant.

Les modèles se gardent d'une série à l'autre, sous l'empreinte de tout ce dont ils
naissent : une migration changée en demande un neuf. La migration elle-même est celle du
logiciel, `./beffroi migrer`.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
MODELES = RACINE / "var" / "modeles"
# Ce qu'une migration prend au logiciel pour écrire elle-même la base.
PRIS = re.compile(r"^ *from (beffroi[\w.]*) import (\w+)", re.M)


def modele(sorte: str, ecrire: Callable[[Path], None]) -> Path:
    """Le modèle de cette sorte, écrit par le premier qui le demande ; les autres l'attendent."""
    voulu = MODELES / f"{sorte}-{empreinte()}"
    MODELES.mkdir(parents=True, exist_ok=True)
    with (MODELES / f"{sorte}.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not voulu.exists():
            for perime in MODELES.glob(f"{sorte}-*"):
                shutil.rmtree(perime)
            brouillon = Path(tempfile.mkdtemp(dir=MODELES, prefix=".brouillon-"))
            ecrire(brouillon)
            brouillon.rename(voulu)
    return voulu


def empreinte() -> str:
    condense = hashlib.sha256()
    migrations = sorted(RACINE.glob("src/**/migrations/*.py"))
    pris = sorted({fichier for migration in migrations for fichier in pris_par(migration)})
    for fichier in [*migrations, *pris, *RACINE.glob("requirements.lock")]:
        condense.update(f"{fichier.relative_to(RACINE)}\n".encode() + fichier.read_bytes())
    return condense.hexdigest()[:16]


def pris_par(migration: Path) -> list[Path]:
    """Les modules du logiciel qu'une migration importe :
    `from beffroi.socle.journal.faits_immuables import refuser`.
    """
    chemins = [
        RACINE / "src" / f"{module.replace('.', '/')}{suite}.py"
        for module, nom in PRIS.findall(migration.read_text("utf-8"))
        for suite in ("", f"/{nom}")
    ]
    return [chemin for chemin in chemins if chemin.exists()]


def migrer(base: str, *, donnees: Path) -> None:
    reglages = {
        "BEFFROI_BASE_DE_DONNEES": base,
        "BEFFROI_DONNEES": str(donnees),
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{RACINE / 'src'}{os.pathsep}{RACINE}",
    }
    fait = subprocess.run(
        [sys.executable, "-m", "beffroi", "migrer", "--silencieux"],
        cwd=RACINE,
        env={**os.environ, **reglages},
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode:
        raise RuntimeError(f"le modèle de la base n'a pas pu être migré : {fait.stderr[-3000:]}")


def recopier_en_sqlite(vers: str | Path) -> sqlite3.Connection:
    """Remplit cette base SQLite, vide, du modèle.

    Une base en mémoire vit tant que la connexion rendue est ouverte.
    """
    origine = modele(
        "sqlite",
        lambda dossier: migrer(f"sqlite://{dossier}/base.sqlite3", donnees=dossier / "donnees"),
    )
    base = sqlite3.connect(str(vers), uri=str(vers).startswith("file:"), check_same_thread=False)
    lue = sqlite3.connect(origine / "base.sqlite3")
    lue.backup(base)
    lue.close()
    return base
