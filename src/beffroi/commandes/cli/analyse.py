"""Lire les arguments d'une commande, et dire en une phrase française ce qui ne va pas."""

import re
from argparse import (
    REMAINDER,
    SUPPRESS,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from beffroi.commandes.cli.erreurs import ErreurDArguments

PORT_MAXIMUM = 65_535
AIDE = ("-h", "--help", "--aide")
# Les phrases d'argparse, qui ne se traduisent qu'en installant des catalogues sur la machine.
PHRASES = (
    (r"the following arguments are required: (.+)", r"il manque \1"),
    (r"unrecognized arguments: (.+)", r"« \1 » n'est pas connu de cette commande"),
    (r"argument (\S+): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (\S+): expected one argument", r"\1 attend une valeur"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 attend un nombre entier, pas « \2 »"),
    (r"argument (\S+): invalid choice: '(.*?)' .*", r"\1 ne connaît pas « \2 »"),
    (r"ambiguous option: (\S+) could match (.+)", r"« \1 » peut vouloir dire \2"),
    (r"argument (\S+): (.+)", r"\1 : \2"),
)


class Analyseur(ArgumentParser):
    """L'analyseur de la bibliothèque, en français et sans sortir de lui-même."""

    def __init__(self, prog: str, description: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            add_help=False,
            formatter_class=RawDescriptionHelpFormatter,
            usage=SUPPRESS,
        )
        self._positionals.title = "arguments"
        self.add_argument(*AIDE, action="help", help="affiche cette aide")
        self._prend_tout = ""

    def prendre_tout(self, nom: str, *, dit: str) -> None:
        """Tout ce qui suit la commande est à elle, options comprises ;
        seule l'aide se demande encore.
        """
        self.add_argument(nom, nargs=REMAINDER, metavar="…", help=dit)
        self._prend_tout = nom

    def lire(self, arguments: Sequence[str]) -> Namespace:
        """Ce que l'on a tapé, lu ; une erreur d'arguments se dit en une phrase."""
        if self._prend_tout and not {*arguments[:1]} & {*AIDE}:
            return Namespace(**{self._prend_tout: [*arguments]})
        return self.parse_args(arguments)

    def format_help(self) -> str:
        """L'usage d'abord, avec son nom français."""
        self.usage = None
        texte = super().format_help()
        self.usage = SUPPRESS
        return re.sub(r"\Ausage: ", "Usage : ", texte)

    def error(self, message: str) -> NoReturn:
        raise ErreurDArguments(
            f"{en_francais(message)}. « {self.prog} --aide » dit comment s'en servir."
        )


def jour(texte: str) -> date:
    """Une date écrite à la façon ISO."""
    try:
        return date.fromisoformat(texte)
    except ValueError as erreur:
        raise ArgumentTypeError(f"une date s'écrit 2026-11-24, pas « {texte} »") from erreur


def en_francais(message: str) -> str:
    for motif, phrase in PHRASES:
        if trouve := re.fullmatch(motif, message, re.S):
            return trouve.expand(phrase)
    return message


def port(texte: str) -> int:
    """Un port d'écoute."""
    if not texte.isdecimal() or not 0 < int(texte) <= PORT_MAXIMUM:
        raise ArgumentTypeError(f"un port est un nombre de 1 à {PORT_MAXIMUM}, pas « {texte} »")
    return int(texte)
