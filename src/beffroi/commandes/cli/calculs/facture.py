"""Vérifie une facture électronique, PDF Factur-X ou XML, par les règles officielles.

./beffroi facture verifier facture.pdf
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"verifier": "beffroi.commandes.cli.calculs.facture_verifier"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "facture", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
