"""Ce que les archives attendent de chaque contexte : ses pièces. Elles n'en importent aucun pour cela."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation
from beffroi.journal.queries import objets_detruits
from formats.versement import Etape, Piece


class Pieces(Protocol):
    """Les pièces qu'un contexte tient d'une consultation, sans en lire un octet."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Iterator[Piece]: ...


def pieces_de(consultation: Consultation, *, le: datetime) -> list[Piece]:
    """Toutes, sauf celles qu'un visa a fait détruire : par étape, puis dans l'ordre de `config.adapters.PIECES_A_ARCHIVER`."""
    trouvees: list[Piece] = []
    detruits = objets_detruits()
    for chemin in settings.PIECES_A_ARCHIVER:
        offertes: Pieces = import_string(chemin)
        trouvees += [piece for piece in offertes(consultation, le=le) if piece.cle not in detruits]
    ordre = list(Etape)
    return sorted(trouvees, key=lambda piece: ordre.index(piece.etape))
