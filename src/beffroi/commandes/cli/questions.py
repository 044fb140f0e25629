"""Une commande à plusieurs questions : `./beffroi droit valeur`, `./beffroi normes liste`.

Une question, un module.
"""

from argparse import ArgumentParser
from importlib import import_module
from types import ModuleType

from beffroi.commandes.cli.analyse import Analyseur


class AnalyseurDeQuestion(Analyseur):
    """Python 3.14 y ajoute la couleur, dont l'analyseur de la maison n'a pas l'usage."""

    def __init__(
        self, prog: str, description: str | None = None, color: bool | None = None
    ) -> None:
        super().__init__(prog, description)


def module_nomme(nom: str) -> ModuleType:
    """Le module d'une commande ou d'une question : de ce paquet, ou de celui que le nom dit."""
    return import_module(nom if "." in nom else f"beffroi.commandes.cli.{nom}")


def declarer(analyseur: ArgumentParser, commande: str, questions: dict[str, str]) -> None:
    """Ajoute les questions à la commande ; chacune est un module, fait comme une commande."""
    choix = analyseur.add_subparsers(
        title="questions",
        dest="question",
        required=True,
        metavar="QUESTION",
        prog=f"./beffroi {commande}",
        parser_class=AnalyseurDeQuestion,
    )
    for nom, module in questions.items():
        question = module_nomme(module)
        resume = (question.__doc__ or "").strip().splitlines()[0]
        lecteur = choix.add_parser(nom, help=resume, description=question.__doc__)
        question.arguments(lecteur)
        lecteur.set_defaults(executer=question.executer)
