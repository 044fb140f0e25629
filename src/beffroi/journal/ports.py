"""Ce que le journal demande à l'extérieur : un horodatage qualifié (règlement eIDAS, art. 42)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class JetonObtenu:
    """Un jeton vérifié : ses octets, qui l'a donné, l'heure qu'il dit."""

    jeton: bytes
    autorite: str
    horodate_le: datetime


class Horodateur(Protocol):
    """Un service d'horodatage. Il lève `ServiceIndisponible` quand aucun jeton valable n'a pu être obtenu."""

    def horodater(self, empreinte: bytes) -> JetonObtenu: ...


def horodateur() -> Horodateur | None:
    """Le service qualifié que l'exploitant a choisi ; rien s'il n'en a pas."""
    service: Horodateur | None = import_string(settings.ADAPTATEURS["journal.Horodateur"])()
    return service
