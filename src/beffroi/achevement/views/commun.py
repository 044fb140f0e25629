"""Ce que toutes les pages de l'achèvement partagent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.achevement import queries
from beffroi.achevement.permissions import ACTES
from beffroi.consultations.models import Consultation
from beffroi.organismes.permissions import permet
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.socle.horloge import maintenant

FORMULAIRE = ["GET", "HEAD", "POST"]


def pour(request: HttpRequest, reference: str, acte: str) -> Consultation:
    return queries.consultation_pour(request.user, reference, acte, le=maintenant())


def page(request: HttpRequest, gabarit: str, consultation: Consultation, **contexte: Any) -> HttpResponse:
    """422 si un formulaire est à corriger."""
    habilitation = queries.habilitation_de(request.user, consultation, le=maintenant())
    droits = {f"peut_{acte}": permet(habilitation, acte, ACTES) for acte in ACTES}
    form = contexte.get("form")
    statut = 422 if form is not None and form.errors else 200
    return render(
        request, f"achevement/{gabarit}.html", {"consultation": consultation, **droits, **contexte}, status=statut
    )


def saisie(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def dire(form: Any, refus: RegleEnfreinte) -> None:
    """Le refus dans le formulaire : ce qui était tapé n'est pas perdu."""
    for motif in refus.motifs or (refus.message,):
        form.add_error(None, str(motif))
