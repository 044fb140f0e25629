"""La ronde de l'assistance."""

from datetime import datetime

from beffroi.service.assistance import boite
from beffroi.service.assistance.services import conservation


def effacer(le: datetime) -> None:
    """Ronde : ce qui a servi ne se garde pas plus longtemps que dit."""
    conservation.effacer_les_echues(le=le)


def relever_la_boite(le: datetime) -> None:
    """Ronde : les courriels arrivés deviennent des demandes."""
    boite.relever(le)
