"""Espace d'essai : ce que ce contexte branche dans la maison."""

from beffroi.essai import classe, services
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(services.garder_une_consultation_ouverte, classe.avancer),
)
