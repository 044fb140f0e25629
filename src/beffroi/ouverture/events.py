"""Ce que l'ouverture annonce : une séance close."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.journal.acteurs import Acteur
from beffroi.ouverture.models import Seance


@dataclass(frozen=True)
class SeanceClose:
    """Une séance vient de se clore, dans la même transaction : c'est l'heure de son procès-verbal."""

    seance: Seance
    par: Acteur
    le: datetime
