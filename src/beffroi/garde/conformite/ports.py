"""Ce que la fin de la clause attend d'ailleurs :
ce que la plateforme garde encore d'un organisme.
"""

from datetime import datetime

from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.ports import port


@port("conformite.PiecesGardees")
def pieces_gardees(organisme: Organisme, *, le: datetime) -> int:
    """Combien d'objets de cet organisme restent à effacer,
    sans ce que le centre garde pour lui-même.
    """


def encore_gardees(organisme: Organisme | None, *, le: datetime) -> int:
    """Un adhérent qui n'a jamais eu d'espace n'a rien laissé."""
    return pieces_gardees(organisme, le=le) if organisme else 0
