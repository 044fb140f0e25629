"""Le premier achat : ce vers quoi mènent les premiers pas."""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.premiers_pas import PremierPas


def premiere_consultation(habilitation: Habilitation, *, le: datetime) -> PremierPas:
    """Un brouillon suffit : rien n'y est public, et l'essai de la clé s'y fait."""
    siennes = Consultation.toutes.filter(organisme=habilitation.organisme_id)
    return PremierPas(
        nom="consultation",
        titre="Commencer une première consultation",
        detail="Pour de bon ou pour voir : un brouillon n'est lu que de vous, et s'abandonne.",
        fait=siennes.exists(),
        url=reverse("preparation:nouvelle"),
        geste="Commencer",
        a_defaut="" if permet(habilitation, "rediger", ACTES) else "Une personne qui rédige",
    )
