"""Interventions : ce que ce contexte branche dans la maison."""

from beffroi.interventions import taches
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.clore_les_expirees,),
)
