"""Ce que les avis annoncent : un avis est parti, ou un support l'a refusé."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.publicite.avis.models import Parution
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class ParutionEnvoyee:
    """La preuve de l'envoi est gardée."""

    parution: Parution
    par: Acteur
    le: datetime


@dataclass(frozen=True)
class ParutionRefusee:
    """Le support n'en veut pas : l'envoi ne compte plus."""

    parution: Parution
    par: Acteur
    le: datetime
