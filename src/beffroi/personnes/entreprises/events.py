"""Ce que les entreprises annoncent : une équipe fondée, un départ, une alarme."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.entreprises.alarmes import Alarme
from beffroi.personnes.entreprises.models import Equipe, Membre


@dataclass(frozen=True)
class EquipeFondee:
    """Quelqu'un vient de fonder une équipe, à côté de celles qui disent la même entreprise.

    `prevenues` : celles qui l'apprennent déjà, par une demande de rejoindre.
    """

    equipe: Equipe
    prevenues: frozenset[int]
    le: datetime


@dataclass(frozen=True)
class MembreDetache:
    """Une personne vient de cesser d'être d'une équipe."""

    membre: Membre
    le: datetime


@dataclass(frozen=True)
class AlarmeDonnee:
    """Quelqu'un de l'équipe vient de dire, d'un fait qui la touche, « ce n'est pas moi »."""

    alarme: Alarme
    le: datetime
