"""Ce que la restitution attend des contextes, hors de toute consultation : contrats seuls, conventions, appels, violations."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.journal.queries import objets_detruits
from beffroi.organismes.models import Organisme
from formats.versement import Piece


class HorsConsultation(Protocol):
    """Les pièces qu'un contexte tient d'un organisme sans consultation, sans en lire un octet."""

    def __call__(self, organisme: Organisme, *, le: datetime) -> Iterator[Piece]: ...


def pieces_hors_consultation(organisme: Organisme, *, le: datetime) -> list[Piece]:
    """Dans l'ordre de `config.adapters.PIECES_HORS_CONSULTATION`, sauf celles qu'un visa a fait détruire."""
    detruits, trouvees = objets_detruits(), list[Piece]()
    for chemin in settings.PIECES_HORS_CONSULTATION:
        offertes: HorsConsultation = import_string(chemin)
        trouvees += [piece for piece in offertes(organisme, le=le) if piece.cle not in detruits]
    return trouvees
