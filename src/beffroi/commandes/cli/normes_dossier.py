"""Où sont les fichiers officiels : le dossier de `BEFFROI_NORMES`, ou celui qu'on indique."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDArguments
from formats import normes

VARIABLE = "BEFFROI_NORMES"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--normes",
        metavar="DOSSIER",
        type=Path,
        help=f"le dossier des fichiers officiels (d'office, {VARIABLE})",
    )


def indique(options: Namespace) -> Path | None:
    """Le dossier, s'il est réglé."""
    brut = options.normes or os.environ.get(VARIABLE, "")
    return Path(brut).expanduser() if brut else None


def exige(options: Namespace) -> Path:
    """Le dossier, ou une phrase qui dit comment le régler."""
    dossier = indique(options)
    if dossier is None:
        raise ErreurDArguments(
            "le dossier des fichiers officiels n'est pas réglé. "
            f"Donnez-le par {VARIABLE} ou par --normes."
        )
    return dossier


def choisis(noms: list[str]) -> list[normes.Jeu]:
    """Les jeux nommés, tous si l'on n'en nomme aucun."""
    inconnus = [nom for nom in noms if normes.jeu(nom) is None]
    if inconnus:
        connus = ", ".join(jeu.nom for jeu in normes.jeux())
        raise ErreurDArguments(
            f"« {inconnus[0]} » n'est pas un jeu du manifeste. Jeux connus : {connus}."
        )
    return [jeu for jeu in normes.jeux() if not noms or jeu.nom in noms]
