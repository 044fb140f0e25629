"""L'acheteur lit le DUME d'une candidature ouverte."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.candidatures.queries import consultation_pour
from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.dume.lus import fichier_de, lu
from beffroi.socle.horloge import maintenant


@jamais_gardee
@connexion_requise
@require_safe
def lire(request: HttpRequest, reference: str, fichier: str) -> HttpResponse:
    """Ce qu'il déclare, et ce que les règles lui reprochent ; les règles européennes à la demande, quelques secondes."""
    le = maintenant()
    consultation = consultation_pour(request.user, reference, "voir_les_candidatures", le=le)
    ouvert = fichier_de(consultation, fichier, pour=request.user, le=le)
    regles = "regles" in request.GET
    contexte = {"consultation": consultation, "vu": lu(ouvert, le=le, regles=regles), "regles": regles}
    return render(request, "dume/lu.html", contexte)
