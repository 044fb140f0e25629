"""Ce que vaut un nombre : quand il se montre, et comment une année se découpe."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from statistics import median

from formats.dates import PARIS

# Sous cinq, un nombre d'entreprises désigne presque quelqu'un : il ne se montre pas à qui n'est pas l'acheteur.
ANONYMES_AU_MOINS = 5
MOIS_D_UNE_ANNEE = range(1, 13)


def bornes(annee: int) -> tuple[datetime, datetime]:
    """Le premier instant de l'année à Paris, et celui de la suivante."""
    return datetime(annee, 1, 1, tzinfo=PARIS), datetime(annee + 1, 1, 1, tzinfo=PARIS)


def se_montre(*, entreprises: int) -> bool:
    """Aucune entreprise, ou assez pour que l'on n'en devine aucune."""
    return entreprises == 0 or entreprises >= ANONYMES_AU_MOINS


def mediane(valeurs: Sequence[int]) -> Fraction | None:
    """La valeur du milieu, ou la moyenne des deux du milieu ; rien sans valeur."""
    return Fraction(median(map(Fraction, valeurs))) if valeurs else None


def annees(*, premiere: int, derniere: int) -> list[int]:
    """Les années que l'on peut lire, la dernière d'abord."""
    return list(range(derniere, min(premiere, derniere) - 1, -1))
