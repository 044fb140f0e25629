"""Ce que la fin de la clause attend d'ailleurs : ce que la plateforme garde encore d'un organisme."""

from datetime import datetime
from typing import Protocol

from beffroi.organismes.models import Organisme
from beffroi.socle.ports import branche


class PiecesGardees(Protocol):
    """Combien d'objets de cet organisme restent à effacer, sans ce que le centre garde pour lui-même."""

    def __call__(self, organisme: Organisme, *, le: datetime) -> int: ...


def encore_gardees(organisme: Organisme | None, *, le: datetime) -> int:
    """Un adhérent qui n'a jamais eu d'espace n'a rien laissé."""
    comptees: PiecesGardees = branche("conformite.PiecesGardees")
    return comptees(organisme, le=le) if organisme else 0
