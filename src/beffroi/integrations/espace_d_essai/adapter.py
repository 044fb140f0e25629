"""Le port `essai.EspaceDEssai` : l'autre instance, à l'adresse que les réglages donnent."""

from django.conf import settings
from django.core.cache import cache

from beffroi.integrations.espace_d_essai import client

# Un espace arrêté ne doit pas faire attendre chaque visiteur.
GARDE_S = 5


def adresse() -> str:
    """L'adresse de l'espace d'essai s'il répond ; vide sinon."""
    voulue: str = settings.ADRESSE_D_ESSAI
    if not voulue:
        return ""
    vivant = cache.get_or_set("espace-d-essai", lambda: client.repond(voulue), GARDE_S)
    return voulue if vivant else ""
