"""Les heures limites qu'une preuve entoure, celles d'avant une prolongation comprises."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import anciennes_limites
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.preuves.rules import APRES


def du_dossier(consultation: Consultation, *, le: datetime) -> list[datetime]:
    """Celles de la consultation, puis de chaque tour fini :
    ce qui court encore n'est pas au dossier.
    """
    finis = list(tours_finis(consultation, le=le))
    presentes = [consultation.limite, *(tour.date_limite for tour in finis)]
    return [*presentes, *anciennes_limites(*sujets_de(consultation, finis))]


def sujets_du_dossier(consultation: Consultation, *, le: datetime) -> list[str]:
    return sujets_de(consultation, tours_finis(consultation, le=le))


def sujets_de(consultation: Consultation, tours: Iterable[Tour]) -> list[str]:
    return [consultation.reference, *(tour.reference for tour in tours)]


def tours_finis(consultation: Consultation, *, le: datetime) -> QuerySet[Tour]:
    return Tour.objects.filter(consultation=consultation, date_limite__lt=le - APRES)


def d_avant(brouillon: BrouillonDeReponse) -> list[datetime]:
    """Les heures limites que cette réponse a eues avant la sienne."""
    return anciennes_limites(
        brouillon.tour.reference if brouillon.tour else brouillon.consultation.reference
    )
