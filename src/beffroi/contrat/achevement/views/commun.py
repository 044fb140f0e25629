"""Ce que toutes les pages de l'achèvement partagent."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import queries
from beffroi.contrat.achevement.permissions import ACTES
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import rendre


def pour(request: HttpRequest, reference: str, acte: str) -> Consultation:
    return queries.consultation_pour(request.user, reference, acte, le=maintenant())


def page(
    request: HttpRequest, gabarit: str, consultation: Consultation, **contexte: Any
) -> HttpResponse:
    """422 si un formulaire est à corriger."""
    habilitation = queries.habilitation_de(request.user, consultation, le=maintenant())
    droits = {f"peut_{acte}": permet(habilitation, acte, ACTES) for acte in ACTES}
    return rendre(
        request, f"achevement/{gabarit}.html", {"consultation": consultation, **droits, **contexte}
    )
