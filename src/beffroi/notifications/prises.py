"""Notifications : ce que ce contexte branche dans la maison."""

from beffroi.notifications import taches
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.commencer_le_matin,),
)
