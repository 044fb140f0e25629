"""Relire ce qui a été ouvert, et clore."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.ouverture import ecrans, queries, services
from beffroi.socle.fondations.horloge import maintenant


@jamais_gardee
@connexion_requise
@require_safe
def recapitulatif(request: HttpRequest, reference: str) -> HttpResponse:
    """Tout ce qui a été ouvert, et ce qui a été constaté."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=6)
    lignes = [(o, ecrans.nature(o), ecrans.signe_de(o)) for o in tableau.ouvertures]
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "lignes": lignes,
    }
    return render(request, "ouverture/seance/recapitulatif.html", contexte)


@jamais_gardee
@connexion_requise
@require_POST
def clore(request: HttpRequest, reference: str) -> HttpResponse:
    """Clore la séance."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    services.clore(seance=seance, par=request.user, maintenant=le)
    return redirect("ouverture:seance", reference)
