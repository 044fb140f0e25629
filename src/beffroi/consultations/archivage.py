"""Ce que les archives reçoivent d'une consultation : ses documents, dans toutes leurs versions publiées.

Chaque contexte qui tient des pièces offre la même fonction ; la liste est `config.adapters.PIECES_A_ARCHIVER`.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from beffroi.consultations.models import Consultation
from beffroi.socle.stockage import stockage
from formats.versement import Blocs, Etape, Piece, Sorte, composee

_LECTURE_OCTETS = 256 * 1024


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for piece in consultation.pieces.filter(publiee_le__isnull=False).order_by("rang", "pk"):
        yield Piece(
            titre=str(piece),
            sorte=Sorte.DOSSIER,
            etape=Etape.CONSULTATION,
            nom=piece.nom,
            ouvrir=gardes(piece.cle_de_stockage),
            sha256=piece.sha256,
            taille=piece.taille,
            le=piece.publiee_le,
            sujet=consultation.reference,
            cle=piece.cle_de_stockage,
        )
    changements = [{"le": c.le, "sorte": c.sorte, "texte": c.texte} for c in consultation.changements.order_by("le")]
    if changements:
        yield faits(
            "Changements publiés", "changements.json", changements, sorte=Sorte.DOSSIER, etape=Etape.CONSULTATION
        )


def gardes(cle: str) -> Blocs:
    """Les octets gardés sous cette clé, bloc par bloc."""

    def blocs() -> Iterator[bytes]:
        with stockage().lire(cle) as flux:
            while bloc := flux.read(_LECTURE_OCTETS):
                yield bloc

    return blocs


def faits(titre: str, nom: str, contenu: Any, **de: Any) -> Piece:
    """Des faits que la base tient, écrits en JSON : ils se liront sans elle."""

    def octets() -> bytes:
        return json.dumps(contenu, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder).encode()

    return Piece(titre=titre, nom=nom, ouvrir=composee(octets), **de)
