"""Archives : ce que ce contexte branche dans la maison."""

from beffroi.archives import taches
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.veiller_la_nuit,),
)
