"""Ce que les archives attendent de chaque contexte : ses pièces. Elles n'en importent aucun pour cela."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation
from formats.versement import Etape, Piece


class Pieces(Protocol):
    """Les pièces qu'un contexte tient d'une consultation, sans en lire un octet."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Iterator[Piece]: ...


def pieces_de(consultation: Consultation, *, le: datetime) -> list[Piece]:
    """Toutes, étape par étape ; dans une étape, dans l'ordre du registre (`config.adapters.PIECES_A_ARCHIVER`)."""
    trouvees: list[Piece] = []
    for chemin in settings.PIECES_A_ARCHIVER:
        offertes: Pieces = import_string(chemin)
        trouvees += offertes(consultation, le=le)
    ordre = list(Etape)
    return sorted(trouvees, key=lambda piece: ordre.index(piece.etape))
