"""Éprouve le stockage, disque ou S3 : ce qu'une réponse lui demande, et quoi faire s'il refuse.

Il écrit un petit fichier, le relit, l'envoie par parties, offre une partie abîmée, et l'efface. Sur
S3, il vérifie aussi que nul autre n'y lit, et que les pages de la plateforme y envoient. Code de
retour : 0, tout passe ; 1, un geste est refusé.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beffroi.commandes.cli.cadre import preparer_django

if TYPE_CHECKING:
    from beffroi.socle.fondations.stockage.epreuve import Epreuve


def arguments(analyseur: ArgumentParser) -> None:
    """Rien à régler."""


def executer(_: Namespace) -> int:
    preparer_django()
    lues = list(epreuves())
    sys.stdout.writelines(f"{ligne}\n" for ligne in dites(lues))
    return int(not all(epreuve.reussie for epreuve in lues))


def dites(lues: list["Epreuve"]) -> Iterator[str]:
    for epreuve in lues:
        yield f"{epreuve.geste} : {epreuve.refus or 'bien.'}"
        if epreuve.cause:
            yield f"  cause : {epreuve.cause}"
        if not epreuve.reussie:
            yield f"  à faire : {epreuve.remede}"
    refuses = sum(not epreuve.reussie for epreuve in lues)
    yield f"Gestes refusés : {refuses}." if refuses else "Le stockage garde les réponses."


def epreuves() -> Iterator["Epreuve"]:
    from django.conf import settings

    from beffroi.integrations.stockage.pages import accueil
    from beffroi.socle.fondations.stockage import stockage
    from beffroi.socle.fondations.stockage.epreuve import eprouver

    lues = eprouver(stockage())
    yield from lues
    if settings.S3_DIRECT and lues[0].reussie:
        yield accueil(settings.STOCKAGE, origine=settings.ADRESSE_PUBLIQUE)
