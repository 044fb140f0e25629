"""« À faire » et l'ouverture : préparer la séance, la rejoindre, y venir avec sa clé de gardien."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.queries import recours_en_cours
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates

ATTENDENT = (Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE)


def cles_de_gardien_demandees(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for seance in recours_en_cours(personne):
        yield AFaire(
            titre="Ouvrir avec votre clé de gardien",
            detail=f"{seance.consultation.organisme} : {seance.consultation.titre}",
            url=f"/ouverture/{seance.reference}/",
            geste="Rejoindre",
            quand=f"Demandé le {dates.jour(seance.creee_le)}",
            presse=True,
            echeance=seance.creee_le,
        )


def recours(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [recours_en_cours(personne)]


def seance_a_mener(
    consultation: Consultation, *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """L'heure limite passée, les réponses s'ouvrent ; la séance commencée se poursuit."""
    limite = consultation.date_limite_remise
    adresse = f"/consultations/{consultation.reference}/ouverture/"
    if consultation.etat in ATTENDENT and limite and limite < le:
        yield AFaire(
            titre="Ouvrir les réponses",
            detail=consultation.titre,
            url=adresse,
            geste="Préparer la séance",
            quand=f"Heure limite passée le {dates.jour_et_heure_limite(limite)}",
            presse=True,
            echeance=limite,
        )
    elif consultation.etat == Consultation.Etat.EN_OUVERTURE:
        yield AFaire(
            titre="Poursuivre la séance d'ouverture",
            detail=consultation.titre,
            url=adresse,
            geste="Rejoindre",
            quand="Séance en cours",
            presse=True,
            echeance=limite or le,
        )
