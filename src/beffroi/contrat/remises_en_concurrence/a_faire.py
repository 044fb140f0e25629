"""« À faire » d'un titulaire d'accord-cadre : répondre quand on le remet en concurrence."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from beffroi.contrat.remises_en_concurrence.queries import non_commencees, sans_reponse
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates

BIENTOT = timedelta(days=2)


def remises_a_honorer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for remise in sans_reponse(personne, le=le):
        limite = remise.consultation.limite
        yield AFaire(
            titre="Répondre comme titulaire d'un accord-cadre",
            detail=f"{remise.consultation.titre}, {remise.consultation.reference}",
            url=f"/remises-en-concurrence/{remise.reference}/",
            geste="Répondre",
            quand=f"Avant le {dates.jour_et_heure_limite(limite)}",
            presse=limite - le < BIENTOT,
            echeance=limite,
        )


def remises_ouvertes(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [non_commencees(personne, le=le)]
