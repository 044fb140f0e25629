"""Sirene, si l'exploitant l'a reliée."""

from django.conf import settings

from beffroi.integrations.sirene.client import RechercheDEntreprises
from beffroi.personnes.entreprises.ports import Sirene


def annuaire() -> Sirene | None:
    """D'office, aucun : les noms se tapent, et rien ne part."""
    return RechercheDEntreprises(settings.SIRENE) if settings.SIRENE else None
