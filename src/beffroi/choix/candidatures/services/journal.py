"""Une écriture sur la consultation, pour tous les actes des candidatures."""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.journal.services import journaliser


def noter(
    acte: str, consultation: Consultation, *, par: Utilisateur, le: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees=donnees,
    )
