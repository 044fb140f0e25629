"""La ronde de l'assistance."""

from datetime import datetime

from beffroi.assistance.services import conservation


def effacer(le: datetime) -> None:
    """Ronde : ce qui a servi ne se garde pas plus longtemps que dit."""
    conservation.effacer_les_echues(le=le)
