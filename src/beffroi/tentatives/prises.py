"""Tentatives : ce que ce contexte branche dans la maison."""

from beffroi.socle.prises import Prises
from beffroi.tentatives import taches

PRISES = Prises(
    rondes=(taches.relever,),
)
