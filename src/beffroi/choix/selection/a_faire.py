"""« À faire » et les procédures en deux temps : décider, inviter, ouvrir un tour d'offres."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import derniers_tours
from beffroi.choix.selection.queries import tours_ouverts
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def suites_a_mener(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Ce qu'attendent les procédures dont les candidatures sont ouvertes ;
    rien tant que les invités répondent.
    """
    menees = [
        une
        for une in consultations
        if une.etat == Consultation.Etat.DEPOUILLEE and une.procedure.en_deux_temps
    ]
    tours = derniers_tours(menees)
    ouverts = tours_ouverts(tours.values())
    for consultation in menees:
        tour = tours.get(consultation.pk)
        if tour is None or tour.pk not in ouverts:
            yield from _suite(consultation, tour, le=le)


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
