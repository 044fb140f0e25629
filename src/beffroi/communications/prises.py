"""Communications : ce que ce contexte branche dans la maison."""

from beffroi.communications import taches
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.effacer,),
)
