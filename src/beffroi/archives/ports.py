"""Ce que les archives attendent de chaque contexte, ses pièces, et de celui qui verse. Elles n'en importent aucun pour cela."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.archives.models import Paquet
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


@dataclass(frozen=True, kw_only=True)
class SuiteDUnPaquet:
    """Où en est le versement d'un paquet, et la page qui le dit ; `prise_en_charge` : la phrase, une fois acquise."""

    adresse: str
    lien: str
    ton: str = ""
    mot: str = ""
    prise_en_charge: str = ""


class SuitesDesPaquets(Protocol):
    def __call__(self, paquets: Sequence[Paquet]) -> Mapping[int, SuiteDUnPaquet]:
        """Par la clé du paquet ; rien pour un paquet qui n'est pas établi."""


def suites_des_paquets() -> SuitesDesPaquets:
    tenues: SuitesDesPaquets = import_string(settings.ADAPTATEURS["archives.SuitesDesPaquets"])
    return tenues
