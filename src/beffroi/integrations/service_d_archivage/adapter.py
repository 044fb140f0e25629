"""Le service d'archives, si l'exploitant en a réglé un."""

from pathlib import Path

from django.conf import settings

from beffroi.garde.versements.ports import ServiceDArchivage
from beffroi.integrations.service_d_archivage.client import ServiceEnLigne
from beffroi.integrations.service_d_archivage.dossier import DossierDEchange


def service() -> ServiceDArchivage | None:
    """D'office, aucun : l'organisme remet le paquet lui-même. Rien ne sort d'un espace d'essai."""
    if settings.ESPACE:
        return None
    reglages = settings.SERVICE_D_ARCHIVAGE
    if reglages["dossier"]:
        return DossierDEchange(
            Path(reglages["dossier"]), Path(reglages["reponses"]) if reglages["reponses"] else None
        )
    return ServiceEnLigne(reglages["adresse"], reglages["jeton"]) if reglages["adresse"] else None
