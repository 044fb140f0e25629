"""Corrige ce qui se corrige seul : la mise en forme, les imports."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

RACINE = Path(__file__).resolve().parents[3]


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("chemins", nargs="*", default=["."], help="fichiers ou dossiers (tout)")


def executer(options: Namespace) -> int:
    ruff = Path(sys.executable).parent / "ruff"
    for arguments_de_ruff in (["check", "--fix", "-q"], ["format", "-q"]):
        subprocess.run([ruff, *arguments_de_ruff, *options.chemins], cwd=RACINE, check=False)
    return 0
