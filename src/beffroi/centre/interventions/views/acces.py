"""Qui entre : au centre, qui intervient ; chez l'organisme, qui l'administre."""

from django.http import HttpRequest

from beffroi.centre.interventions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.queries import (
    exiger_au_centre,
    exiger_chez,
    organisme_du_siret,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant


def au_centre(request: HttpRequest, acte: str) -> None:
    """L'acte est permis à cette personne chez l'exploitant ;
    pour les autres, ces pages n'existent pas.
    """
    exiger_au_centre(request.user, acte, ACTES, maintenant())


def servi(request: HttpRequest, acte: str, siret: str) -> Organisme:
    """L'organisme de l'adresse, pour un agent du centre."""
    au_centre(request, acte)
    organisme = organisme_du_siret(siret)
    if organisme is None:
        raise Introuvable()
    return organisme


def chez_soi(request: HttpRequest, siret: str, acte: str) -> Habilitation:
    """L'habilitation de la personne dans l'organisme de l'adresse, si elle permet l'acte."""
    return exiger_chez(request.user, siret, acte, ACTES, maintenant())
