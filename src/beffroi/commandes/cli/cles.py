"""Change une clé de la plateforme, sans rien perdre de ce qui est en cours.

./beffroi cles changer-secrete   (séances, liens, seconds facteurs, pièces des entreprises)
./beffroi cles changer-stockage  (l'accès au service S3)
./beffroi cles changer-registre  (la clé qui signe le registre public)

Le registre garde qu'une clé a changé, et quand ; jamais la clé.
"""

from argparse import ArgumentParser, Namespace

from beffroi.commandes.cli import questions

QUESTIONS = {
    "changer-secrete": "cles_changer_secrete",
    "changer-stockage": "cles_changer_stockage",
    "changer-registre": "cles_changer_registre",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions.declarer(analyseur, "cles", QUESTIONS)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
