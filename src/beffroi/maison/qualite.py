"""Vérifie la maison sans rien exécuter du produit : style, types, ordre des contextes, migrations."""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

RACINE = Path(__file__).resolve().parents[3]
ETAPES = (
    ("style", ["ruff", "check", "."]),
    ("mise en forme", ["ruff", "format", "--check", "."]),
    ("ordre des contextes", ["lint-imports", "--no-cache"]),
    ("types", ["mypy", "src/sceau", "src/droit", "src/formats", "src/beffroi"]),
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--vite", action="store_true", help="sans les types")


def executer(options: Namespace) -> int:
    etapes = [etape for etape in ETAPES if not (options.vite and etape[0] == "types")]
    echecs = [nom for nom, commande in etapes if not reussie(nom, commande)]
    if echecs:
        print(f"À reprendre : {', '.join(echecs)}.", file=sys.stderr)
    return 1 if echecs else 0


def reussie(nom: str, commande: list[str]) -> bool:
    outil = Path(sys.executable).parent / commande[0]
    # import-linter lit les paquets là où Python les trouve.
    environnement = {**os.environ, "PYTHONPATH": str(RACINE / "src")}
    resultat = subprocess.run(
        [outil, *commande[1:]], cwd=RACINE, env=environnement, capture_output=True, text=True, check=False
    )
    print(f"{'bien' if resultat.returncode == 0 else 'non '}  {nom}")
    if resultat.returncode:
        print(resultat.stdout[-6000:] + resultat.stderr[-2000:])
    return resultat.returncode == 0
