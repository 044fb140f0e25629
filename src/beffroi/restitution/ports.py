"""Ce que la restitution attend des contextes, hors de toute consultation : contrats seuls, conventions, appels, violations."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.journal.queries import objets_detruits
from beffroi.organismes.models import Organisme
from beffroi.restitution.reste import s_efface
from formats.versement import Piece


class HorsConsultation(Protocol):
    """Les pièces qu'un contexte tient d'un organisme sans consultation, sans en lire un octet."""

    def __call__(self, organisme: Organisme, *, le: datetime) -> Iterator[Piece]: ...


def pieces_hors_consultation(organisme: Organisme, *, le: datetime) -> list[Piece]:
    """Dans l'ordre de `config.adapters.PIECES_HORS_CONSULTATION`, sauf celles qu'un visa a fait détruire."""
    return [piece for _, piece in _offertes(organisme, le=le)]


def a_effacer_hors_consultation(organisme: Organisme, *, le: datetime) -> list[Piece]:
    """Celles qui sont gardées ici, et que le centre ne garde pas pour lui-même."""
    return [piece for contexte, piece in _offertes(organisme, le=le) if piece.cle and s_efface(contexte)]


def _offertes(organisme: Organisme, *, le: datetime) -> Iterator[tuple[str, Piece]]:
    """Chaque pièce, avec le contexte qui la tient."""
    detruits = objets_detruits()
    for chemin in settings.PIECES_HORS_CONSULTATION:
        offertes: HorsConsultation = import_string(chemin)
        for piece in offertes(organisme, le=le):
            if piece.cle not in detruits:
                yield contexte_de(chemin), piece


def contexte_de(chemin: str) -> str:
    """« achevement », de « beffroi.achevement.archivage.hors_consultation »."""
    return chemin.split(".")[1]
