"""Ce que l'on demande d'ôter d'un document,
et le nom qu'il prend (CRPA, art. L. 311-6, L. 311-7).
"""

from datetime import timedelta
from pathlib import PurePath

VIE = timedelta(hours=1)


def termes(texte: str) -> tuple[str, ...]:
    """Un mot ou une suite de mots par ligne, chacun une fois, dans l'ordre où ils sont écrits."""
    return tuple(dict.fromkeys(ligne.strip() for ligne in texte.splitlines() if ligne.strip()))


def nom_occulte(nom: str) -> str:
    """« offre.pdf » donne « offre-occulte.pdf »."""
    return f"{PurePath(nom).stem[:200]}-occulte.pdf"
