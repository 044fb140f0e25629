"""« À faire » et l'analyse des offres : se déclarer sans conflit, puis donner ses notes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.choix.analyse.queries import charges_de, notes_attendues_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire


def notes_a_donner(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Une entrée par consultation où cette personne est nommée,
    tant qu'il lui reste quelque chose à noter.
    """
    for attente in notes_attendues_de(personne):
        yield AFaire(
            titre="Noter les offres"
            if attente.declaree
            else "Déclarer l'absence de conflit d'intérêts, puis noter",
            detail=attente.consultation.titre,
            url=f"/consultations/{attente.consultation.reference}/analyse/"
            + ("" if attente.declaree else "evaluateurs/"),
            geste="Noter" if attente.declaree else "Déclarer",
            quand="Vous êtes nommé pour évaluer",
            presse=False,
            echeance=attente.consultation.limite,
        )


def charges(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [charges_de(personne)]
