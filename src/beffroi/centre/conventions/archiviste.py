"""L'archiviste que le centre a désigné : quelles conventions finissent, et ce qui en est remis.

Il ne tient aucun rôle : la décision datée du centre nomme son adresse, et il l'a prouvée.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from beffroi.centre.conventions.models import Denonciation, ParametreDate
from beffroi.centre.conventions.queries import parametres_en_vigueur
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import personnes_confirmees
from beffroi.socle.fondations.a_faire import AFaire
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from droit.dates import en_toutes_lettres
from formats.dates import PARIS


def est_l_archiviste(personne: Utilisateur, *, le: datetime) -> bool:
    """Son adresse est celle que le centre a décidée, et elle est confirmée."""
    decidee = parametres_en_vigueur(le.astimezone(PARIS).date())["archives_courriel"]
    meme = bool(decidee) and personne.courriel.casefold() == decidee.strip().casefold()
    return meme and personne.pk in personnes_confirmees([personne.pk])


def fins_a_lire(personne: Utilisateur, *, le: datetime) -> list[Denonciation]:
    """Celles qui finissent, la plus proche d'abord, puis celles dont tout n'est pas effacé."""
    if not est_l_archiviste(personne, le=le):
        raise Introuvable()
    return list(fins())


@prete
def fins() -> QuerySet[Denonciation]:
    en_cours = Denonciation.objects.filter(annulee_le=None)
    return en_cours.select_related("convention__adherent").order_by("-fin_le", "pk")


@prete
def _pas_effacees() -> QuerySet[Denonciation]:
    en_cours = Denonciation.objects.filter(annulee_le=None, efface_le=None)
    return en_cours.order_by("fin_le", "pk")


def conventions_qui_finissent(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Une seule ligne, tant qu'il reste une fin dont les documents sont là."""
    if not est_l_archiviste(personne, le=le):
        return
    restent = list(_pas_effacees())
    if restent:
        nombre = len(restent)
        premiere = en_toutes_lettres(restent[0].fin_le)
        yield AFaire(
            titre="Lire les conventions qui finissent",
            detail=f"{nombre} convention{'s' if nombre > 1 else ''} : leur dernier jour, et ce "
            "qui est remis.",
            url=reverse("conventions:qui_finissent"),
            geste="Lire",
            quand=f"La première : {premiere}",
            presse=False,
            echeance=le,
        )


def s_il_en_finit(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    """Seule une adresse que le centre a un jour décidée y mène."""
    return [ParametreDate.objects.filter(nom="archives_courriel", valeur__iexact=personne.courriel)]
