"""Ce que les comptes annoncent : une fermeture."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class CompteFerme:
    """Un compte vient d'être fermé : ce qui tient à lui prend fin."""

    utilisateur: Utilisateur
    par: Acteur
    le: datetime
