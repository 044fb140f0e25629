"""Arrête la démonstration lancée par « ./beffroi demo --sans-attendre »."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.cli.demo import RACINE, eteindre


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("--donnees", type=Path, default=RACINE / "donnees", help="dossier des données")


def executer(options: Namespace) -> int:
    arretes = eteindre(options.donnees.expanduser().resolve())
    print("Arrêtée." if arretes else "Aucune démonstration ne tournait dans ce dossier.")
    return 0
