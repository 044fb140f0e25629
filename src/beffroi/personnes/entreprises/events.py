"""Ce que les entreprises annoncent : le départ d'une personne."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.entreprises.models import Membre


@dataclass(frozen=True)
class MembreDetache:
    """Une personne vient de cesser d'être d'une équipe."""

    membre: Membre
    le: datetime
