"""Le courriel d'un rappel."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.pieces.models import VersionDePiece
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a
from droit.dates import en_toutes_lettres


def rappeler(
    personne: Utilisateur,
    equipe: Equipe,
    versions: Sequence[VersionDePiece],
    *,
    maintenant: datetime,
) -> None:
    """Une personne reçoit un seul courriel pour tout ce qui arrive à sa fin ce jour-là."""
    lues = [
        (version.piece.intitule, en_toutes_lettres(version.valable_jusqu_au))
        for version in versions
        if version.valable_jusqu_au
    ]
    ecrire_a(
        personne.courriel,
        cle=f"pieces:{personne.reference}:{_signe(versions)}",
        sujet=_sujet(lues),
        gabarit="pieces/courriels/rappel.txt",
        contexte={
            "personne": personne,
            "equipe": equipe,
            "lues": lues,
            "adresse": lien_vers("pieces:liste"),
        },
        maintenant=maintenant,
    )


def _sujet(lues: Sequence[tuple[str, str]]) -> str:
    if len(lues) == 1:
        return f"{lues[0][0]} : valable jusqu'au {lues[0][1]}"
    return f"{len(lues)} pièces arrivent à leur fin de validité"


def _signe(versions: Sequence[VersionDePiece]) -> str:
    """Les mêmes rappels des mêmes versions font le même courriel."""
    dits = ",".join(
        sorted(
            f"{version.reference}/{version.valable_jusqu_au}/{version.rappel}"
            for version in versions
        )
    )
    return hashlib.sha256(dits.encode()).hexdigest()[:32]
