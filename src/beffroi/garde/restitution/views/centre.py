"""Au centre : ce qui a été demandé, établi, reçu, repris. Jamais ce que cela contient."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.garde.archives.veille import abimes
from beffroi.garde.restitution import ecrans, queries
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    queries.exiger_le_centre(request.user, maintenant())
    contexte = {
        "restitutions": [ecrans.etat_de(une) for une in queries.restitutions()],
        "reprises": queries.reprises(),
        "abimes": abimes(),
    }
    return render(request, "restitution/centre.html", contexte)
