"""Ce qu'un logiciel trouve à côté d'une page d'une consultation."""

from django.http import HttpResponse
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.socle.guichet.conditionnel import avec_liens


def avec_suites(reponse: HttpResponse, consultation: Consultation) -> HttpResponse:
    """Les changements, l'heure limite et la fiche, pour un logiciel.

    Le flux et l'API vivent plus haut.
    """
    reference = consultation.reference
    return avec_liens(
        reponse,
        flux=f"/consultations/{reference}/atom.xml",
        calendrier=reverse("consultations:calendrier", args=(reference,)),
        donnees=f"/api/v1/consultations/{reference}",
    )
