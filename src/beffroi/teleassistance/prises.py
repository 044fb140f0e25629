"""Téléassistance : ce que ce contexte branche dans la maison."""

from beffroi.socle.prises import Prises
from beffroi.teleassistance import taches

PRISES = Prises(
    rondes=(taches.expirer,),
)
