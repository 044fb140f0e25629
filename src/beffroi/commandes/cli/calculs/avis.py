"""Vérifie un avis de publicité.

./beffroi avis valider AVIS.xml
./beffroi avis valider AVIS.xml --json
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"valider": "beffroi.commandes.cli.calculs.avis_valider"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "avis", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
