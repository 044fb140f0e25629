"""Corrige ce qui se corrige seul : la mise en forme du Python et des gabarits, les imports."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

RACINE = Path(__file__).resolve().parents[4]
# Le genre de fichiers que l'outil reprend, puis l'outil.
CORRECTIONS = (
    (".py", ("ruff", "check", "--fix", "-q")),
    (".py", ("ruff", "format", "-q")),
    (".html", ("djangofmt", "-q")),
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("chemins", nargs="*", default=["."], help="fichiers ou dossiers (tout)")


def executer(options: Namespace) -> int:
    for genre, (outil, *reste) in CORRECTIONS:
        chemins = du_genre(genre, options.chemins)
        if chemins:
            lance = Path(sys.executable).parent / outil
            subprocess.run([lance, *reste, *chemins], cwd=RACINE, check=False)
    return 0


def du_genre(genre: str, chemins: Sequence[str]) -> list[str]:
    """Les dossiers, et les fichiers du genre :
    un outil prendrait tout fichier nommé pour un des siens.
    """
    return [
        chemin for chemin in chemins if (RACINE / chemin).is_dir() or Path(chemin).suffix == genre
    ]
