"""Ce que les organismes annoncent : un départ."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class HabilitationRetiree:
    """Une personne n'a plus de rôle dans un organisme."""

    organisme: Organisme
    utilisateur: Utilisateur
    par: Acteur
    le: datetime
