"""Ce que l'ouverture annonce : une enveloppe ouverte, une séance close."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class EnveloppeOuverte:
    """Les fichiers d'une enveloppe viennent d'être constatés, dans la même transaction."""

    ouverture: OuverturePli
    le: datetime


@dataclass(frozen=True)
class SeanceClose:
    """Une séance vient de se clore, dans la même transaction :
    c'est l'heure de son procès-verbal.
    """

    seance: Seance
    par: Acteur
    le: datetime
