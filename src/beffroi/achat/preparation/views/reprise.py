"""Refaire une consultation à partir d'une autre :
ce qui se reprend, ce qui ne se reprend pas, un seul acte.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beffroi.achat.consultations.queries import consultation_pour
from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.reprise import changements_de_la_loi, jour_de_la_source
from beffroi.achat.preparation.rules.reprise import peut_etre_refaite
from beffroi.achat.preparation.views.questions import arretee
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from formats.dates import PARIS


@connexion_requise
@require_http_methods(["GET", "POST"])
def refaire(request: HttpRequest, reference: str) -> HttpResponse:
    instant = maintenant()
    source = consultation_pour(request.user, reference, "rediger", instant)
    if request.method == "GET" and not source.organisme.peut_creer_des_consultations:
        return arretee(request, source.organisme)
    if request.method == "POST":
        faite = services.refaire(source=source, par=request.user, maintenant=instant)
        _dire_ce_qui_est_fait(request, faite)
        return redirect("preparation:achat", faite.consultation.reference)
    contexte = {
        "consultation": source,
        "decision": peut_etre_refaite(
            queries.reponses_de(queries.preparation_de(source)),
            defense_permise=settings.DEFENSE_OU_SECURITE,
        ),
        "depuis": jour_de_la_source(source, le=instant),
        "lois": changements_de_la_loi(source, jour=instant.astimezone(PARIS).date(), le=instant),
    }
    return render(request, "preparation/refaire.html", contexte)


def _dire_ce_qui_est_fait(request: HttpRequest, faite: services.Reprise) -> None:
    messages.success(
        request, f"Le brouillon {faite.consultation.reference} est ouvert. Confirmez chaque page."
    )
    if faite.documents_illisibles:
        perdus = ", ".join(faite.documents_illisibles)
        messages.warning(
            request, f"Ces documents ne se lisent plus et ne sont pas repris : {perdus}."
        )
