"""« À faire » et la répétition : répéter l'ouverture avant l'heure limite."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.repetition import queries
from beffroi.seance.repetition.rules import RAPPEL_AVANT_L_HEURE_LIMITE
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def a_repeter(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.a_repeter_par(personne, le=le)]


def ouvertures_a_repeter(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for consultation in queries.a_repeter_par(personne, le=le):
        yield AFaire(
            titre="Répéter l'ouverture",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/repetition/",
            geste="Répéter",
            quand=f"Avant le {dates.jour_et_heure_limite(consultation.limite)}",
            presse=consultation.limite - le <= RAPPEL_AVANT_L_HEURE_LIMITE,
            echeance=consultation.limite,
        )
