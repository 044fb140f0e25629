"""Met un nœud de plus au service d'une base.

Lui remet les clés que tous partagent, et vérifie qu'il joint ce qu'il faut :

./beffroi noeud ajouter --vers cles.age     (d'un nœud qui sert la base)
./beffroi noeud rejoindre --paquet cles.age (du nœud neuf)
./beffroi noeud verifier
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "ajouter": "noeud_ajouter",
    "rejoindre": "noeud_rejoindre",
    "verifier": "noeud_verifier",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "noeud", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
