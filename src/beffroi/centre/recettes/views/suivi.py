"""La balance : ce qui est appelé, titré, payé, dû, et depuis quand."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.recettes import exports, queries, suivi
from beffroi.centre.recettes.forms import aujourd_hui
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.views.acces import joint
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant

PAR_PAGE = 25
TOUTES = "toutes"


@connexion_requise
@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    habilitation = exiger_au_centre(request.user, "voir_les_recettes", ACTES, le)
    annees, annee = _annees(request)
    lignes = suivi.balance(queries.appels_de_l_annee(annee), le=aujourd_hui(le))
    voir, nom = request.GET.get("voir", suivi.DUS), request.GET.get("nom", "")[:100]
    ages = suivi.ages(lignes)
    contexte = {
        "annee": annee,
        "annees": annees,
        "faits": suivi.totaux(un for ligne in lignes for un in ligne.suivis),
        "ages": ages,
        "echu": suivi.echu(ages),
        "adherents": len(lignes),
        "pages": Paginator(suivi.filtrees(lignes, voir=voir, nom=nom), PAR_PAGE).get_page(
            request.GET.get("page")
        ),
        "filtres": suivi.filtres(lignes),
        "voir": voir,
        "nom": nom,
        "a_rapprocher": queries.a_rapprocher().count(),
        "permis": queries.permis(habilitation),
    }
    return render(request, "recettes/balance.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def fichier(request: HttpRequest, format_: str) -> HttpResponse:
    """La balance de l'année, ou de toutes, une ligne par appel."""
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_recettes", ACTES, le)
    _, annee = _annees(request)
    lignes = suivi.balance(queries.appels_de_l_annee(annee), le=aujourd_hui(le))
    dite = str(annee or TOUTES)
    return joint(exports.de_la_balance(lignes, annee=dite), format_, f"recettes-{dite}")


def _annees(request: HttpRequest) -> tuple[list[int], int | None]:
    """Les exercices appelés, et celui qu'on demande :
    d'office le dernier, aucun pour tous à la fois.
    """
    annees: list[Any] = queries.annees()
    demandee = request.GET.get("annee", "")
    if demandee == TOUTES:
        return annees, None
    choisies = [annee for annee in annees if str(annee) == demandee]
    return annees, next(iter(choisies or annees), None)
