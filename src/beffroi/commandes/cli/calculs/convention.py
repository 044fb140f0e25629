"""Répond sur une convention : quand elle finit.

./beffroi convention fin --par adherent --recue 2026-12-31
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"fin": "beffroi.commandes.cli.calculs.convention_fin"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "convention", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
