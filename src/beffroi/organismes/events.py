"""Ce que les organismes annoncent : un départ."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.comptes.models import Utilisateur
from beffroi.journal.acteurs import Acteur
from beffroi.organismes.models import Organisme


@dataclass(frozen=True)
class HabilitationRetiree:
    """Une personne n'a plus de rôle dans un organisme."""

    organisme: Organisme
    utilisateur: Utilisateur
    par: Acteur
    le: datetime
