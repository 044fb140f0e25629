"""L'heure du serveur : le seul endroit qui la lit. Partout ailleurs, le temps est un argument."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from beffroi.socle.fondations.ports import branche


def heure_reelle() -> datetime:
    """Celle de tous, même à l'école : un code à six chiffres s'y calcule."""
    return timezone.now()


def maintenant() -> datetime:
    """L'instant présent, conscient de son fuseau, en UTC, à la microseconde.

    À l'école seule, il peut courir.
    """
    lire = settings.ESPACE == "ecole" and branche("socle.HeureDeLEcole")
    return lire(heure_reelle()) if lire else heure_reelle()
