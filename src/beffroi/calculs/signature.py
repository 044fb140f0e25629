"""Vérifie les signatures électroniques d'un fichier.

./beffroi signature verifier acte.pdf
./beffroi signature verifier offre.pdf.p7s --detachee offre.pdf --json
"""

from argparse import ArgumentParser, Namespace

from beffroi.cli import questions

QUESTIONS = {"verifier": "beffroi.calculs.signature_verifier"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "signature", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
