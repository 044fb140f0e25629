"""Assemble le thème : une feuille servie, des feuilles lisibles.

Une seule feuille évite une quinzaine de requêtes sur les lignes lentes des communes ;
la simple mise bout à bout garde le résultat relisible. Elle s'assemble quand le
serveur démarre (`theme_servi`).
"""

from collections.abc import Iterator
from pathlib import Path

from beffroi.faces.portail import marque

THEME = Path(__file__).parent / "static" / "beffroi" / "theme"
# L'ordre est celui de la cascade : les jetons d'abord, l'impression en dernier.
FEUILLES = (
    "jetons",
    "socle",
    "entete",
    "boutons",
    "etats",
    "formulaires",
    "tableaux",
    "mise-en-page",
    "accueil",
    "consultation",
    "depot",
    "recepisse",
    "ouverture",
    "suivi",
    "preparation",
    "analyse",
    "comptes",
    "teleassistance",
    "pages",
    "impression",
)
EN_TETE = (
    "/* Beffroi : thème « craie, encre, cadran ». Assemblé par beffroi.faces.portail.assemblage. "
    "EUPL-1.2 */\n"
)


def feuilles() -> Iterator[Path]:
    return (THEME / f"{nom}.css" for nom in FEUILLES)


def assembler() -> str:
    """Le thème entier, dans l'ordre de la cascade ; la marque du centre, juste après les jetons."""
    jetons, *suite = (
        f"\n/* {feuille.name} */\n\n{feuille.read_text(encoding='utf-8')}" for feuille in feuilles()
    )
    return "".join((EN_TETE, jetons, marque.surcharge(marque.la_marque()), *suite))
