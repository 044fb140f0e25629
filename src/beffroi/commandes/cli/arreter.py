"""Arrête la démonstration lancée par « ./beffroi demo --sans-attendre »."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.demo import RACINE, eteindre
from beffroi.commandes.cli.erreurs import ErreurDeCommande


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--donnees", type=Path, default=RACINE / "donnees", help="dossier des données"
    )


def executer(options: Namespace) -> int:
    dossier = options.donnees.expanduser().resolve()
    if not dossier.is_dir():
        raise ErreurDeCommande(
            f"{dossier} n'est pas un dossier de données. Indiquez celui de la démonstration."
        )
    arretes = eteindre(dossier)
    print("Arrêtée." if arretes else "Aucune démonstration ne tournait dans ce dossier.")
    return 0
