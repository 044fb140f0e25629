"""« À faire » : une équipe fondée à côté de la vôtre, une preuve qui finit, une lettre à poster."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import membres_de
from beffroi.personnes.niveaux import queries
from beffroi.personnes.niveaux.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres
from formats import dates
from formats.pluriels import compter

# Passé ce temps, elle se lit encore à la page de la preuve.
UNE_VOISINE_SE_DIT = timedelta(days=30)
# Qui fonde des équipes sans fin n'ensevelit pas le reste.
VOISINES_DITES = 5


def voisines_et_echeances(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    yield from _equipes_voisines(personne, le=le)
    yield from _preuves_a_renouveler(personne, le=le)


def equipes(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [membres_de(personne)]


def _equipes_voisines(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Une équipe prouvée apprend qui dit son entreprise, sauf qui lui demande déjà à entrer."""
    siennes = [membre.equipe for membre in membres_de(personne)]
    recentes = queries.voisines_a_dire(siennes, depuis=le - UNE_VOISINE_SE_DIT, le=le)
    for voisine in islice(recentes, VOISINES_DITES):
        yield AFaire(
            titre="Une autre équipe dit votre entreprise",
            detail=f"{voisine.nom}, {voisine.identifiant}",
            url=f"{reverse('niveaux:preuve')}#voisines",
            geste="Voir",
            quand=f"Fondée le {_jour(voisine.fondee_le)}",
            presse=False,
            echeance=le,
        )


def _preuves_a_renouveler(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for preuve in queries.a_renouveler(personne, le=le):
        yield AFaire(
            titre="Prouver de nouveau votre entreprise",
            detail=f"{preuve.equipe.nom}, {preuve.equipe.identifiant}",
            url=reverse("niveaux:preuve"),
            geste="Choisir un moyen",
            quand=f"Prouvée jusqu'au {_jour(preuve.vaut_jusqu_au)}",
            presse=False,
            echeance=preuve.vaut_jusqu_au,
        )


def lettres_a_poster(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Au centre : les lettres que des équipes attendent."""
    attendues = list(queries.lettres_a_poster()) if _en_poste(habilitations) else []
    if attendues:
        yield AFaire(
            titre="Poster le code de vérification d'une entreprise",
            detail=compter(len(attendues), "lettre attendue", "lettres attendues"),
            url=reverse("niveaux:equipes"),
            geste="Voir les lettres",
            quand=f"Depuis le {_jour(attendues[0].demandee_le)}",
            presse=False,
            echeance=le,
        )


def lettres(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.lettres_a_poster()] if _en_poste(habilitations) else []


def _en_poste(habilitations: Iterable[Habilitation]) -> bool:
    return any(
        est_du_centre(une) and permet(une, "poster_une_lettre", ACTES) for une in habilitations
    )


def _jour(instant: datetime) -> str:
    return en_toutes_lettres(instant.astimezone(dates.PARIS).date())
