"""Les poids écrits dans un texte : pourcentages, points, coefficients, quel que soit leur sujet."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher
from formats.lecture import Texte

Unite = Literal["%", "points", "coefficient"]

NOMBRE = r"\d{1,3}(?:[.,]\d{1,3})?"
MOTIF = re.compile(
    rf"(?<![\d.,/])(?P<nombre>{NOMBRE})\s?"
    r"(?:(?P<pc>%|pour\s?cent\b|p\.\s?100\b)|(?P<pt>points?\b|pts?\b)|/\s?(?P<sur>100)\b"
    r"(?!\s?[%\d]))"
    rf"|\b(?:coefficient|coeff?\.?)\s*(?:de\s+|:\s*|=\s*)?(?P<coef>{NOMBRE})\b"
)


@dataclass(frozen=True, kw_only=True)
class PoidsEcrit:
    """Un nombre et son unité."""

    nombre: Decimal
    unite: Unite


def poids(texte: Texte) -> tuple[Trouvaille[PoidsEcrit], ...]:
    return tuple(chercher(texte, MOTIF, lire))


def lire(trouve: re.Match[str]) -> PoidsEcrit:
    if trouve["coef"]:
        return PoidsEcrit(nombre=en_decimal(trouve["coef"]), unite="coefficient")
    return PoidsEcrit(nombre=en_decimal(trouve["nombre"]), unite="%" if trouve["pc"] else "points")


def en_decimal(ecrit: str) -> Decimal:
    return Decimal(ecrit.replace(",", "."))
