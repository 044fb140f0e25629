"""Les barres d'un graphique : leur longueur sur cent, la plus longue remplissant la ligne.

Le tableau dit les nombres.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from beffroi.service.pilotage.mesures import Mois, Part

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
LARGEUR = 100


@dataclass(frozen=True, slots=True)
class LigneDeMois:
    """Un mois et ses deux barres : publiées, pleine ; créées, en contour."""

    nom: str
    creees: int
    publiees: int
    plein: str
    contour: str


@dataclass(frozen=True, slots=True)
class LigneDePart:
    """Un libellé, son nombre, sa part sur cent, sa barre."""

    libelle: str
    nombre: int
    pourcentage: int
    plein: str


def mois(mesures: Sequence[Mois]) -> list[LigneDeMois]:
    maximum = max((max(m.creees, m.publiees) for m in mesures), default=0)
    return [
        LigneDeMois(
            nom=MOIS[m.numero - 1],
            creees=m.creees,
            publiees=m.publiees,
            plein=longueur(m.publiees, maximum=maximum),
            contour=longueur(m.creees, maximum=maximum),
        )
        for m in mesures
    ]


def parts(mesures: Sequence[Part]) -> list[LigneDePart]:
    maximum, total = max((p.nombre for p in mesures), default=0), sum(p.nombre for p in mesures)
    return [
        LigneDePart(
            p.libelle,
            p.nombre,
            round(Fraction(100 * p.nombre, total)),
            longueur(p.nombre, maximum=maximum),
        )
        for p in mesures
    ]


def longueur(nombre: int, *, maximum: int) -> str:
    """Un nombre à un chiffre après le point, comme SVG l'écrit ; zéro sans maximum."""
    return f"{LARGEUR * nombre / maximum:.1f}" if maximum else "0"
