"""Assemble le thème : une feuille servie, des feuilles lisibles.

Une seule feuille évite une quinzaine de requêtes sur les lignes lentes des communes ; la
simple mise bout à bout garde le résultat relisible. Après une retouche : `python -m beffroi.portail.assemblage`.
"""

from pathlib import Path

THEME = Path(__file__).parent / "static" / "beffroi" / "theme"
RESULTAT = THEME / "theme.css"
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
EN_TETE = "/* Beffroi : thème « craie, encre, cadran ». Assemblé par beffroi.portail.assemblage. EUPL-1.2 */\n"


def assembler() -> str:
    """Le thème entier, dans l'ordre de la cascade."""
    return EN_TETE + "".join(
        f"\n/* {nom}.css */\n\n{(THEME / f'{nom}.css').read_text(encoding='utf-8')}" for nom in FEUILLES
    )


if __name__ == "__main__":
    RESULTAT.write_text(assembler(), encoding="utf-8")
