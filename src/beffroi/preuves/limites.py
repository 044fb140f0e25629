"""Les heures limites, celles d'avant comprises : le registre retient chaque prolongation (CCP, art. R. 2151-4)."""

import json
from datetime import datetime

from django.db.models import QuerySet

from beffroi.consultations.models import Consultation
from beffroi.depots.models import BrouillonDeReponse
from beffroi.journal.models import Ecriture
from beffroi.journal.queries import histoires
from beffroi.preuves.rules import APRES
from beffroi.tours.models import Tour

# Chaque acte qui repousse une heure limite, et le nom que l'ancienne y porte.
PROLONGENT = {
    "consultation.prolonger_le_delai": "ancienne",
    "consultation.publier_une_version": "ancienne_limite",
    "tour.prolonger": "ancienne",
}


def prolongations(*sujets: str) -> QuerySet[Ecriture]:
    return histoires(sujets).filter(acte__in=PROLONGENT)


def anciennes(*sujets: str) -> list[datetime]:
    return [_ancienne(ecriture) for ecriture in prolongations(*sujets)]


def _ancienne(ecriture: Ecriture) -> datetime:
    return datetime.fromisoformat(json.loads(ecriture.contenu)["donnees"][PROLONGENT[ecriture.acte]])


def du_dossier(consultation: Consultation, *, le: datetime) -> list[datetime]:
    """Celles de la consultation, puis de chaque tour fini : ce qui court encore n'est pas au dossier."""
    finis = tours_finis(consultation, le=le)
    presentes = [consultation.limite, *(tour.date_limite for tour in finis)]
    return [*presentes, *anciennes(*sujets_du_dossier(consultation, le=le))]


def sujets_du_dossier(consultation: Consultation, *, le: datetime) -> list[str]:
    return [consultation.reference, *(tour.reference for tour in tours_finis(consultation, le=le))]


def tours_finis(consultation: Consultation, *, le: datetime) -> QuerySet[Tour]:
    return Tour.objects.filter(consultation=consultation, date_limite__lt=le - APRES)


def d_avant(brouillon: BrouillonDeReponse) -> list[datetime]:
    """Les heures limites que cette réponse a eues avant la sienne."""
    return anciennes(brouillon.tour.reference if brouillon.tour else brouillon.consultation.reference)
