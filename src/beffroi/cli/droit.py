"""Dit ce que la loi fixe : une valeur à une date, la liste des clés.

./beffroi droit valeur delai.appel_offres_ouvert.offres --au 2026-11-24
./beffroi droit cles --json
"""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from beffroi.cli.analyse import Analyseur

# Une question est un module de ce paquet, comme une commande : AIDE en tête, arguments(analyseur), executer(options).
QUESTIONS = {
    "valeur": "droit_valeur",
    "cles": "droit_cles",
    "calendrier": "droit_calendrier",
}


def arguments(analyseur: ArgumentParser) -> None:
    questions = analyseur.add_subparsers(
        title="questions",
        dest="question",
        required=True,
        metavar="QUESTION",
        prog="./beffroi droit",
        parser_class=AnalyseurDeQuestion,
    )
    for nom, module in QUESTIONS.items():
        commande = import_module(f"beffroi.cli.{module}")
        resume = (commande.__doc__ or "").strip().splitlines()[0]
        lecteur = questions.add_parser(nom, help=resume, description=commande.__doc__)
        commande.arguments(lecteur)
        lecteur.set_defaults(executer=commande.executer)


class AnalyseurDeQuestion(Analyseur):
    """Python 3.14 y ajoute la couleur, dont l'analyseur de la maison n'a pas l'usage."""

    def __init__(self, prog: str, description: str | None = None, color: bool | None = None) -> None:
        super().__init__(prog, description)


def executer(options: Namespace) -> int:
    return int(options.executer(options))
