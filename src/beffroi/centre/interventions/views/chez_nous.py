"""L'organisme : ce que le centre de gestion a fait chez lui, pourquoi, et l'arrêter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.centre.adherents.queries import regards_chez
from beffroi.centre.interventions import ecrans, queries
from beffroi.centre.interventions.services import cycle
from beffroi.centre.interventions.views.acces import chez_soi
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer

REGARDS_MONTRES = 50


@connexion_requise
@require_safe
def chez_nous(request: HttpRequest, siret: str) -> HttpResponse:
    organisme = chez_soi(request, siret, "voir_les_interventions").organisme
    contexte = {
        "organisme": organisme,
        "interventions": ecrans.lues(queries.chez(organisme), le=maintenant()),
        "regards": regards_chez(organisme)[:REGARDS_MONTRES],
    }
    return render(request, "interventions/chez_nous.html", contexte)


@connexion_requise
@formulaire
def arreter(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    organisme = chez_soi(request, siret, "arreter_une_intervention").organisme
    arretee = queries.intervention_chez(organisme, reference)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Arrêter l'intervention {arretee.reference} ?",
                (
                    "Le centre de gestion ne change plus rien chez vous sous elle. "
                    "Ce qu'il a fait reste.",
                ),
                "Une intervention arrêtée ne reprend pas : le centre devra en ouvrir une autre.",
                "Arrêter cette intervention",
                reverse("interventions:chez_nous", args=(siret,)),
                "La laisser ouverte",
            ),
        )
    cycle.arreter(intervention=arretee, par=request.user, maintenant=maintenant())
    messages.success(
        request, "L'intervention est arrêtée : le centre ne change plus rien sous elle."
    )
    return redirect("interventions:chez_nous", siret)
