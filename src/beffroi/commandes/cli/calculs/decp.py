"""Vérifie ou convertit des données essentielles de contrats, dans le format national.

./beffroi decp verifier contrats.json
./beffroi decp convertir contrats.xml --vers json --sortie contrats.json
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "verifier": "beffroi.commandes.cli.calculs.decp_verifier",
    "convertir": "beffroi.commandes.cli.calculs.decp_convertir",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "decp", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
