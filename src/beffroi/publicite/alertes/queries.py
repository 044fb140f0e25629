"""Ce qui attend d'être annoncé, et à qui.

Une recherche gardée est un suivi dont la page est l'adresse de la recherche.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, QuerySet

from beffroi.personnes.abonnements import queries as abonnements
from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.publicite.alertes.models import ConsultationParue, Trouvaille
from beffroi.publicite.recherche import queries as recherches
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules import analyse
from beffroi.publicite.recherche.rules.requete import OUVERTES, Recherche

SUJETS = "recherche"
APERCU = timedelta(days=30)


def a_garder(recherche: Recherche, *, le: datetime) -> Recherche:
    """La recherche qu'une alerte garde :
    parmi ce qui est ouvert, et sans la faute que la page a déjà pardonnée.
    """
    gardee = replace(recherche, etat=OUVERTES)
    corrections = recherches.resultats(gardee, le=le, par_page=0).corrections
    return replace(
        gardee, mots=analyse.corriger(gardee.mots, {c.ecrit: c.cherche for c in corrections})
    )


def parues_recemment(recherche: Recherche, *, le: datetime) -> int:
    """Combien de courriels attendre :
    ce qu'elle aurait annoncé depuis trente jours, et qui est encore ouvert.
    """
    return len(recherches.nouvelles_depuis(recherche, le - APERCU, le=le))


def recherche_du_suivi(suivi: Suivi) -> Recherche:
    return recherches.relire(urlsplit(suivi.page).query)


def en_attente() -> QuerySet[ConsultationParue]:
    """Les consultations parues à annoncer dont la fiche se lit ;
    une fiche qui manque, l'index la retrouvera.
    """
    indexees = FicheIndexee.objects.filter(reference=OuterRef("reference"))
    return ConsultationParue.objects.filter(Exists(indexees), annoncee_le=None)


def fiches_ouvertes(references: Sequence[str], *, le: datetime) -> list[FicheIndexee]:
    """Ni close ni sans suite ; la plus proche de son heure limite d'abord, comme sur la page."""
    ouvertes = FicheIndexee.objects.filter(
        reference__in=references, sans_suite_le=None, limite__gte=le
    )
    return list(ouvertes.order_by("limite", "pk"))


def trouvees_par_suivi(
    fiches: Sequence[FicheIndexee], *, le: datetime
) -> dict[Suivi, list[FicheIndexee]]:
    """Ce que chaque recherche gardée trouve parmi ces fiches.

    Deux recherches d'une même adresse ne lui écrivent pas deux fois la même consultation :
    la plus prompte l'annonce.
    """
    croisees = recherches.a_croiser(fiches)
    suivis = abonnements.suivis_confirmes(f"{SUJETS}:")
    par_page: dict[str, list[FicheIndexee]] = {}
    deja: dict[int, set[str]] = defaultdict(set)
    trouvees: dict[Suivi, list[FicheIndexee]] = {}
    for suivi in sorted(suivis, key=lambda suivi: suivi.cadence != Suivi.Cadence.INSTANT):
        if suivi.page not in par_page:
            par_page[suivi.page] = recherches.qui_repondent(
                recherche_du_suivi(suivi), croisees, le=le
            )
        nouvelles = [
            fiche for fiche in par_page[suivi.page] if fiche.reference not in deja[suivi.adresse_id]
        ]
        if nouvelles:
            trouvees[suivi] = nouvelles
            deja[suivi.adresse_id].update(fiche.reference for fiche in nouvelles)
    return trouvees


def suivis_a_prevenir() -> QuerySet[Suivi]:
    """Les recherches « à l'instant » qui ont trouvé."""
    trouvent = Suivi.objects.filter(cadence=Suivi.Cadence.INSTANT, adresse__refusee_le=None)
    return trouvent.exclude(trouvailles=None).select_related("adresse").order_by("pk").distinct()


def adresses_du_resume(jusqu_a: datetime) -> QuerySet[AdresseAbonnee]:
    """Celles dont une recherche quotidienne a trouvé avant cette heure."""
    dues = Trouvaille.objects.filter(suivi__cadence=Suivi.Cadence.QUOTIDIEN, trouvee_le__lt=jusqu_a)
    return AdresseAbonnee.objects.filter(
        pk__in=dues.values("suivi__adresse"), refusee_le=None
    ).order_by("pk")


def trouvailles_de(suivi: Suivi) -> list[Trouvaille]:
    siennes = Trouvaille.objects.filter(suivi=suivi, suivi__cadence=Suivi.Cadence.INSTANT)
    return list(siennes.select_related("suivi", "parue").order_by("pk"))


def trouvailles_du_jour(adresse: AdresseAbonnee, *, jusqu_a: datetime) -> list[Trouvaille]:
    dues = Trouvaille.objects.filter(
        suivi__adresse=adresse, suivi__cadence=Suivi.Cadence.QUOTIDIEN, trouvee_le__lt=jusqu_a
    )
    return list(dues.select_related("suivi", "parue").order_by("suivi", "pk"))
