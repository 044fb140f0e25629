"""État du service : ce que ce contexte branche dans la maison."""

from beffroi.disponibilite import taches
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.relever,),
)
