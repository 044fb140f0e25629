"""« À faire » et les commissions :
la réunion où l'on est convoqué, tant qu'elle n'est ni close ni annulée.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.choix.commissions import queries
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def reunions_a_tenir(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Une entrée par convocation : le membre y lit son ordre du jour et les rapports."""
    for siege in queries.reunions_a_tenir(personne, le=le):
        reunion = siege.reunion
        yield AFaire(
            titre="Lire l'ordre du jour d'une réunion",
            detail=f"{reunion.commission.nom}, {reunion.lieu}",
            url=f"/commissions/reunions/{reunion.reference}/ma-place/",
            geste="Lire",
            quand=f"Réunion le {dates.jour_et_heure(reunion.prevue_le)}",
            presse=False,
            echeance=reunion.prevue_le,
        )


def convocations(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.reunions_a_tenir(personne, le=le)]
