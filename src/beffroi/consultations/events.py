"""Ce que les consultations annoncent : publication, changements, prolongation, fin."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ConsultationPubliee:
    """Une consultation vient d'être publiée."""

    reference: str
    le: datetime


@dataclass(frozen=True)
class ConsultationModifiee:
    """Un document ou l'heure limite d'une consultation publiée vient de changer."""

    reference: str
    sorte: str
    texte: str
    le: datetime


@dataclass(frozen=True)
class ConsultationDeclareeSansSuite:
    """L'acheteur renonce à la procédure."""

    reference: str
    motif: str
    le: datetime


@dataclass(frozen=True)
class GardiensAppeles:
    """L'acheteur recourt aux gardiens : pour quoi, et sur quelle demande écrite."""

    reference: str
    cle: str
    motif: str
    demande: str
    le: datetime
