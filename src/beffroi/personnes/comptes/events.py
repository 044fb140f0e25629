"""Ce que les comptes annoncent : une adresse prouvée ou changée, une fermeture."""

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
class AdresseChangee:
    """Le compte porte une autre adresse que celle-ci."""

    utilisateur: Utilisateur
    ancienne: str
    le: datetime


@dataclass(frozen=True)
class CompteFerme:
    """Un compte vient d'être fermé : ce qui tient à lui prend fin."""

    utilisateur: Utilisateur
    par: Acteur
    le: datetime
