"""Installe et vérifie les fichiers officiels (schémas,
règles, nomenclatures) qui ne sont pas dans le produit.

./beffroi normes installer
./beffroi normes installer --depuis /media/cle/normes.tar.gz
./beffroi normes verifier
./beffroi normes liste --json
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "installer": "beffroi.commandes.cli.calculs.normes_installer",
    "verifier": "beffroi.commandes.cli.calculs.normes_verifier",
    "liste": "beffroi.commandes.cli.calculs.normes_liste",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "normes", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
