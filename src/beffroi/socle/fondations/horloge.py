"""L'heure du serveur : le seul endroit qui la lit. Partout ailleurs, le temps est un argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from beffroi.socle.fondations.ports import branche

_arretee: ContextVar[datetime | None] = ContextVar("_arretee", default=None)


def heure_reelle() -> datetime:
    """Celle de tous, même à l'école : un code à six chiffres s'y calcule."""
    return timezone.now()


def maintenant() -> datetime:
    """L'instant présent, conscient de son fuseau, en UTC, à la microseconde.

    À l'école seule, il peut courir.
    """
    return _arretee.get() or _qui_court()


@contextmanager
def arretee() -> Iterator[None]:
    """Un seul instant, du début à la fin du bloc : une page ne se juge pas à plusieurs heures."""
    jeton = _arretee.set(maintenant())
    try:
        yield
    finally:
        _arretee.reset(jeton)


def _qui_court() -> datetime:
    lire = settings.ESPACE == "ecole" and branche("socle.HeureDeLEcole")
    return lire(heure_reelle()) if lire else heure_reelle()
