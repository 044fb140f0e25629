"""La préparation d'une consultation : par ses questions ; une consultation réservée, elle, a une seule page, sa demande."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import Etape
from beffroi.preparation import taches


def etapes(consultation: Consultation, *, le: datetime) -> Sequence[Etape]:
    if not consultation.est_reservee:
        return taches.etapes(consultation, le=le)
    demande = adresse_de_la_question(consultation, "achat")
    return (Etape("achat", "La demande", faite=True, fautive=False, facultative=False, url=demande),)


def panneau(consultation: Consultation, *, le: datetime) -> str:
    return "" if consultation.est_reservee else taches.panneau(consultation, le=le)


def hors_profil(consultation: Consultation) -> str:
    return taches.hors_profil(consultation)


def adresse_de_la_question(consultation: Consultation, cle: str) -> str:
    if consultation.est_reservee:
        return reverse("remises_en_concurrence:modifier", args=(consultation.reference,))
    return taches.adresse_de_la_question(consultation, cle)


def adresse_de_la_nouvelle() -> str:
    return taches.adresse_de_la_nouvelle()
