"""Ce que les comptes annoncent : une adresse prouvée, une fermeture."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class AdresseProuvee:
    """Qui tient ce compte lit l'adresse qu'il porte : ce qui l'y attendait lui revient."""

    utilisateur: Utilisateur
    le: datetime


@dataclass(frozen=True)
class CompteFerme:
    """Un compte vient d'être fermé : ce qui tient à lui prend fin."""

    utilisateur: Utilisateur
    par: Acteur
    le: datetime
