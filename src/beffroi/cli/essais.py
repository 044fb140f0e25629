"""Passe tous les tests : qualité, SQLite, PostgreSQL, navigateur. Avec des arguments : pytest et eux seuls.

Ce qui n'a pas pu tourner (pas de PostgreSQL, pas de Chromium) est dit à la fin, jamais tu.
"""

import os
import subprocess
import sys
import time
from argparse import REMAINDER, ArgumentParser, Namespace
from pathlib import Path

from beffroi.cli import qualite

RACINE = Path(__file__).resolve().parents[3]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
EN_PARALLELE = ["-n", "2", "--dist", "loadfile"]
AVEC_BASE = ["src/beffroi", "tests/droit", "tests/architecture/test_cloisonnement.py"]
# Ces tests choisissent eux-mêmes leur moteur, ou ne parlent qu'au stockage : les rejouer ne prouverait rien de plus.
D_EUX_MEMES = [
    f"--ignore=src/beffroi/depots/tests/{nom}.py" for nom in ("test_simultaneite", "test_s3", "test_stockage")
]
PANNES = "tests/pannes"
# Dans cet ordre, les plus longs d'abord : deux processus finissent alors presque ensemble.
PLATEFORME = ["--no-loadscope-reorder", "-p", "no:randomly", PANNES, "tests/parcours"]


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("pytest", nargs=REMAINDER, help="arguments passés à pytest")


def executer(options: Namespace) -> int:
    if options.pytest:
        return lancer(options.pytest)
    debut = time.monotonic()
    resultats = {
        "qualité": qualite.executer(Namespace(vite=False)),
        "tests sur SQLite": lancer([*EN_PARALLELE, "-m", "not navigateur", f"--ignore={PANNES}"]),
        "tests sur PostgreSQL": sur_postgresql(),
        "plateforme entière, pannes et navigateur": lancer([*EN_PARALLELE, *PLATEFORME]),
    }
    print()
    for nom, code in resultats.items():
        print({0: "bien     ", None: "pas joué "}.get(code, "échec    "), nom)
    print(f"{time.monotonic() - debut:.0f} secondes.")
    return 1 if any(resultats.values()) else 0


def lancer(arguments_de_pytest: list[str], **environnement: str) -> int:
    return subprocess.run(
        [*PYTEST, *arguments_de_pytest], cwd=RACINE, env={**os.environ, **environnement}, check=False
    ).returncode


def sur_postgresql() -> int | None:
    """Rejoue sur PostgreSQL tout ce qui touche à la base."""
    from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

    try:
        with postgresql() as adresse:
            return lancer(
                [*EN_PARALLELE, "-m", "base and not navigateur", *AVEC_BASE, *D_EUX_MEMES],
                BEFFROI_BASE_DE_DONNEES=adresse,
            )
    except PostgresqlAbsent as absent:
        print(f"Tests sur PostgreSQL : pas joués. {absent}")
        return None
