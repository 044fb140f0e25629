"""Ce que les comptes annoncent : une fermeture."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.comptes.models import Utilisateur
from beffroi.journal.acteurs import Acteur


@dataclass(frozen=True)
class CompteFerme:
    """Un compte vient d'être fermé : ce qui tient à lui prend fin."""

    utilisateur: Utilisateur
    par: Acteur
    le: datetime
