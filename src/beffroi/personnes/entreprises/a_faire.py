"""« À faire » d'une équipe : répondre à qui demande à la rejoindre."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres
from formats import dates


def demandes_a_lire(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Qui attend d'être reconnu : elle ne voit rien d'ici là, et dépose sans attendre."""
    siennes = [membre.equipe for membre in queries.membres_de(personne)]
    for demande in queries.demandes_a(*siennes):
        depuis = demande.faite_le.astimezone(dates.PARIS).date()
        yield AFaire(
            titre=f"Reconnaître {demande.utilisateur.nom}, ou écarter sa demande",
            detail=f"{demande.equipe.nom}, {demande.equipe.identifiant}",
            url=f"{reverse('entreprises:entreprise')}#demandes",
            geste="Lire sa demande",
            quand=f"Depuis le {en_toutes_lettres(depuis)}",
            presse=False,
            echeance=le,
        )


def equipes(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.membres_de(personne)]
