"""Sauvegarde la plateforme, essaie de la restaurer, et la restaure : seule une sauvegarde relue en
est une.

./beffroi sauvegarde faire --vers /srv/sauvegardes
./beffroi sauvegarde essayer --dans /srv/sauvegardes
./beffroi sauvegarde restaurer --de /srv/sauvegardes
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "faire": "sauvegarde_faire",
    "essayer": "sauvegarde_essayer",
    "restaurer": "sauvegarde_restaurer",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "sauvegarde", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
