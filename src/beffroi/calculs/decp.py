"""Vérifie ou convertit des données essentielles de contrats, dans le format national.

./beffroi decp verifier contrats.json
./beffroi decp convertir contrats.xml --vers json --sortie contrats.json
"""

from argparse import ArgumentParser, Namespace

from beffroi.cli import questions

QUESTIONS = {"verifier": "beffroi.calculs.decp_verifier", "convertir": "beffroi.calculs.decp_convertir"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "decp", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
