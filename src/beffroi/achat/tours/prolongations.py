"""Les heures limites d'avant : le registre retient chaque prolongation (CCP, art. R. 2151-4)."""

import json
from datetime import datetime

from django.db.models import QuerySet

from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoires

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
    return datetime.fromisoformat(
        json.loads(ecriture.contenu)["donnees"][PROLONGENT[ecriture.acte]]
    )
