"""Le port `essai.EspaceDEssai` : l'autre instance, à l'adresse que les réglages donnent."""

from django.conf import settings
from django.core.cache import caches

from beffroi.integrations.espace_d_essai import client

# Un espace arrêté ne doit pas faire attendre chaque visiteur.
GARDE_S = 5


def adresse(espace: str) -> str:
    """L'adresse de cette instance si elle répond ; vide sinon."""
    voulue: str = {"essai": settings.ADRESSE_D_ESSAI, "ecole": settings.ADRESSE_DE_L_ECOLE}[espace]
    if not voulue:
        return ""
    vivant = caches["memoire"].get_or_set(
        f"espace-{espace}", lambda: client.repond(voulue), GARDE_S
    )
    return voulue if vivant else ""
