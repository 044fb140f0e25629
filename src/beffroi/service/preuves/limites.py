"""Les heures limites qu'une preuve entoure, celles d'avant une prolongation comprises."""

from collections.abc import Iterable
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import anciennes_limites, limites_d_avant, tous_les_tours
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.preuves.rules import APRES


def du_dossier(consultation: Consultation, *, le: datetime) -> list[datetime]:
    """Celles de la consultation, puis de chaque tour fini :
    ce qui court encore n'est pas au dossier.
    """
    finis = tours_finis(consultation, le=le)
    presentes = [consultation.limite, *(tour.date_limite for tour in finis)]
    sujets = sujets_de(consultation, finis)
    return [
        *presentes,
        *(limite for sujet, limite in limites_d_avant(consultation) if sujet in sujets),
    ]


def sujets_du_dossier(consultation: Consultation, *, le: datetime) -> list[str]:
    return sujets_de(consultation, tours_finis(consultation, le=le))


def sujets_de(consultation: Consultation, tours: Iterable[Tour]) -> list[str]:
    return [consultation.reference, *(tour.reference for tour in tours)]


def tours_finis(consultation: Consultation, *, le: datetime) -> list[Tour]:
    return [tour for tour in tous_les_tours(consultation) if tour.date_limite < le - APRES]


def d_avant(brouillon: BrouillonDeReponse) -> list[datetime]:
    """Les heures limites que cette réponse a eues avant la sienne."""
    return anciennes_limites(
        brouillon.tour.reference if brouillon.tour else brouillon.consultation.reference
    )
