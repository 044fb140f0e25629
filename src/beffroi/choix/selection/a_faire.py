"""« À faire » et les procédures en deux temps : décider, inviter, ouvrir un tour d'offres."""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.queries import dernier_tour
from beffroi.choix.selection.queries import est_ouvert
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def suite_a_mener(
    consultation: Consultation, *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Ce qu'attend une procédure dont les candidatures sont ouvertes ;
    rien tant que les invités répondent.
    """
    if (
        consultation.etat != Consultation.Etat.DEPOUILLEE
        or not consultation.procedure.en_deux_temps
    ):
        return
    tour = dernier_tour(consultation)
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
    elif le > tour.date_limite and not est_ouvert(tour):
        yield AFaire(
            titre="Ouvrir les offres",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/ouverture/",
            geste="Préparer la séance",
            quand=f"Heure limite passée le {dates.jour_et_heure_limite(tour.date_limite)}",
            presse=True,
            echeance=tour.date_limite,
        )
