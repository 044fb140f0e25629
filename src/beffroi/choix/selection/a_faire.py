"""« À faire » et les procédures en deux temps : décider, inviter, ouvrir un tour d'offres."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.choix.selection.queries import derniers_tours_et_leur_ouverture
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def suites_a_mener(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Ce qu'attendent les procédures dont les candidatures sont ouvertes ;
    rien tant que les invités répondent.
    """
    menees = _en_deux_temps(consultations)
    tours = derniers_tours_et_leur_ouverture(menees)
    for consultation in menees:
        tour, ouvert = tours.get(consultation.pk, (None, False))
        if not ouvert:
            yield from _suite(consultation, tour, le=le)


def candidatures_ouvertes(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]] | None:
    return None if _en_deux_temps(consultations) else []


def _en_deux_temps(consultations: Iterable[Consultation]) -> list[Consultation]:
    return [
        une
        for une in consultations
        if une.etat == Consultation.Etat.DEPOUILLEE and une.procedure.en_deux_temps
    ]


def _suite(consultation: Consultation, tour: Tour | None, *, le: datetime) -> Iterator[AFaire]:
    if tour is None:
        yield AFaire(
            titre="Décider des candidatures, puis inviter",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/candidatures/selection/",
            geste="Décider",
            quand="Les candidatures sont ouvertes",
            presse=False,
            echeance=consultation.limite,
        )
    elif le > tour.date_limite:
        yield AFaire(
            titre="Ouvrir les offres",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/ouverture/",
            geste="Préparer la séance",
            quand=f"Heure limite passée le {dates.jour_et_heure_limite(tour.date_limite)}",
            presse=True,
            echeance=tour.date_limite,
        )
