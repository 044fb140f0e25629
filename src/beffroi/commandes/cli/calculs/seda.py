"""Vérifie un paquet d'archives (SEDA) : le schéma, puis l'intégrité.

./beffroi seda verifier SIP.zip
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"verifier": "beffroi.commandes.cli.calculs.seda_verifier"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "seda", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
