"""Les voies d'envoi que les réglages ouvrent."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from beffroi.integrations.publication.client import Concentrateur
from beffroi.integrations.publication.dossier import DossierDEchange
from beffroi.publicite.avis.ports import PublicateurDAvis


def voies() -> Mapping[str, PublicateurDAvis]:
    """Chaque voie réglée, par son nom ; rien d'office."""
    reglages = settings.PUBLICATION
    servies: dict[str, PublicateurDAvis] = {}
    if reglages["dossier"]:
        servies["dossier"] = DossierDEchange(Path(reglages["dossier"]))
    if reglages["adresse"]:
        servies["http"] = Concentrateur(reglages["adresse"], reglages["jeton"])
    return servies
