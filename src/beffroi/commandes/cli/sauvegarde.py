"""Sauvegarde la plateforme, et essaie de la restaurer : seule une sauvegarde relue en est une.

./beffroi sauvegarde faire --vers /srv/sauvegardes
./beffroi sauvegarde essayer --dans /srv/sauvegardes
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {"faire": "sauvegarde_faire", "essayer": "sauvegarde_essayer"}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "sauvegarde", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
