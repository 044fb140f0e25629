"""Lit un DUME (document unique de marché européen) :
ce qu'il dit, et ce que les règles lui reprochent.

./beffroi dume lire DUME.xml
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"lire": "beffroi.commandes.cli.calculs.dume_lire"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "dume", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
