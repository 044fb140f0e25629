"""Passe tous les tests : qualité, SQLite, PostgreSQL, navigateur. Avec des arguments : pytest et eux seuls.

Ce qui n'a pas pu tourner (pas de PostgreSQL, pas de Chromium) est dit à la fin, jamais tu.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import REMAINDER, ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.maison import qualite

RACINE = Path(__file__).resolve().parents[3]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
EN_PARALLELE = ["-n", "2", "--dist", "loadfile"]
AVEC_BASE = [
    "src/beffroi",
    "tests/droit",
    "tests/conventions",
    "tests/preuves",
    "tests/restitutions",
    "tests/architecture/test_cloisonnement.py",
]
# Ces tests choisissent eux-mêmes leur moteur, ou ne parlent qu'au stockage : les rejouer ne prouverait rien de plus.
D_EUX_MEMES = [
    f"--ignore=src/beffroi/depots/tests/{nom}.py" for nom in ("test_simultaneite", "test_s3", "test_stockage")
]
PANNES = "tests/pannes"
# Les plus longs d'abord, sans mélange (`tests/parcours/conftest.py`) : les processus finissent alors presque ensemble.
# Ces tests attendent plus qu'ils ne calculent : trois vont de front, même sur deux cœurs.
PLATEFORME = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:randomly", PANNES, "tests/parcours"]


@dataclass
class Serie:
    """Le code rendu par une série (rien : pas jouée), et ce qui n'y a pas été joué, par raison."""

    code: int | None
    non_joues: Counter[str] = field(default_factory=Counter)

    def en_une_ligne(self, nom: str) -> str:
        verdict = {0: "bien     ", None: "pas joué "}.get(self.code, "échec    ")
        return f"{verdict} {nom}" + (f" ({self.non_joues.total()} non joués)" if self.non_joues else "")


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("pytest", nargs=REMAINDER, help="arguments passés à pytest")


def executer(options: Namespace) -> int:
    if options.pytest:
        return lancer(options.pytest)
    debut = time.monotonic()
    series = {
        "qualité": Serie(qualite.executer(Namespace(vite=False))),
        "tests sur SQLite": jouer([*EN_PARALLELE, "-m", "not navigateur", f"--ignore={PANNES}"]),
        "tests sur PostgreSQL": sur_postgresql(),
        "plateforme entière, pannes et navigateur": jouer(PLATEFORME),
    }
    print()
    print("\n".join(serie.en_une_ligne(nom) for nom, serie in series.items()))
    for raison, nombre in sum((serie.non_joues for serie in series.values()), Counter[str]()).most_common():
        print(f"  non joués : {nombre} fois, {raison}")
    print(f"{time.monotonic() - debut:.0f} secondes.")
    return 1 if any(serie.code for serie in series.values()) else 0


def jouer(arguments_de_pytest: list[str], **environnement: str) -> Serie:
    """Une série, et ce qu'elle a laissé de côté."""
    with tempfile.TemporaryDirectory() as dossier:
        bilan = Path(dossier) / "bilan"
        code = lancer(arguments_de_pytest, BEFFROI_BILAN=str(bilan), **environnement)
        return Serie(code, Counter(bilan.read_text("utf-8").splitlines() if bilan.exists() else ()))


def lancer(arguments_de_pytest: list[str], **environnement: str) -> int:
    return subprocess.run(
        [*PYTEST, *arguments_de_pytest], cwd=RACINE, env={**os.environ, **environnement}, check=False
    ).returncode


def sur_postgresql() -> Serie:
    """Rejoue sur PostgreSQL tout ce qui touche à la base."""
    from tests.serveurs.postgresql import PostgresqlAbsent, postgresql

    try:
        with postgresql() as adresse:
            return jouer(
                [*EN_PARALLELE, "-m", "base and not navigateur", *AVEC_BASE, *D_EUX_MEMES],
                BEFFROI_BASE_DE_DONNEES=adresse,
            )
    except PostgresqlAbsent as absent:
        print(f"Tests sur PostgreSQL : pas joués. {absent}")
        return Serie(None)
