"""Contrôle le règlement d'une consultation (RC).

./beffroi rc verifier RC.pdf --consultation fiche.json
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "verifier": "beffroi.commandes.cli.calculs.rc_verifier",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "rc", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
