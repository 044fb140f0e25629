"""Ce que la restitution attend des contextes, hors de toute consultation :
contrats seuls, conventions, appels, violations.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.garde.restitution.reste import s_efface
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations import prises
from beffroi.socle.journal.queries import objets_detruits
from formats.versement import Piece


def pieces_hors_consultation(organisme: Organisme, *, le: datetime) -> list[Piece]:
    """Chaque contexte après celui qu'il suit, sauf celles qu'un visa a fait détruire."""
    return [piece for _, piece in _offertes(organisme, le=le)]


def a_effacer_hors_consultation(organisme: Organisme, *, le: datetime) -> list[Piece]:
    """Celles qui sont gardées ici, et que le centre ne garde pas pour lui-même."""
    return [
        piece for contexte, piece in _offertes(organisme, le=le) if piece.cle and s_efface(contexte)
    ]


def _offertes(organisme: Organisme, *, le: datetime) -> Iterator[tuple[str, Piece]]:
    """Chaque pièce, avec le contexte qui la tient."""
    detruits = objets_detruits()
    tenues = {
        archivage.fonction: contexte
        for contexte, un in prises.declarees()
        for archivage in un.pieces_hors_consultation
    }
    for archivage in prises.rangees(lambda un: un.pieces_hors_consultation):
        for piece in archivage.fonction(organisme, le=le):
            if piece.cle not in detruits:
                yield tenues[archivage.fonction], piece
