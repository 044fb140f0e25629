"""L'heure du serveur : le seul endroit qui la lit. Partout ailleurs, le temps est un argument."""

from datetime import datetime

from django.utils import timezone


def maintenant() -> datetime:
    """L'instant présent, conscient de son fuseau, en UTC, à la microseconde."""
    return timezone.now()
