"""Dit ce que la loi fixe : une valeur à une date, la liste des clés.

./beffroi droit valeur delai.appel_offres_ouvert.offres --au 2026-11-24
./beffroi droit cles --json
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "valeur": "beffroi.commandes.cli.calculs.droit_valeur",
    "cles": "beffroi.commandes.cli.calculs.droit_cles",
    "calendrier": "beffroi.commandes.cli.calculs.droit_calendrier",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "droit", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
