"""Ce que les contrats annoncent."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.contrat.marches.models import Marche


@dataclass(frozen=True)
class MarcheInscrit:
    """Un contrat vient d'entrer au registre, avec ses titulaires."""

    marche: Marche
    le: datetime


@dataclass(frozen=True)
class MarcheNotifie:
    """Le titulaire a reçu la notification : le contrat a pris effet."""

    marche: Marche
