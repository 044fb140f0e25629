"""Ce que le journal retient d'un courrier."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges.models import Courrier, PieceJointe
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


def pieces_dites(pieces: Iterable[PieceJointe]) -> list[dict[str, Any]]:
    return [
        {"piece": piece.reference, "taille": piece.taille, "sha256": piece.sha256}
        for piece in pieces
    ]


def noter(courrier: Courrier, acte: str, *, par: Acteur, le: datetime, **donnees: object) -> None:
    noter_dans(courrier.consultation, acte, par=par, le=le, courrier=courrier.reference, **donnees)


def noter_dans(
    consultation: Consultation, acte: str, *, par: Acteur, le: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees=donnees,
    )


def empreinte(contenu: str) -> str:
    """L'empreinte du contenu d'une écriture :
    elle se retrouve au journal sans en dire le numéro.
    """
    return hashlib.sha256(contenu.encode()).hexdigest()
