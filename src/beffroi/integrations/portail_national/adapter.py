"""Le portail national, si l'exploitant l'a réglé."""

from django.conf import settings

from beffroi.contrat.donnees_essentielles.ports import PortailNational
from beffroi.integrations.portail_national.client import Portail


def portail() -> PortailNational | None:
    """D'office, aucun : le portail moissonne nos adresses, et rien ne part."""
    reglages = settings.PORTAIL_NATIONAL
    return Portail(reglages["adresse"], reglages["cle"]) if reglages["adresse"] else None
