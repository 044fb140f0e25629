"""Interventions : ce que ce contexte branche dans la maison."""

from beffroi.interventions import taches
from beffroi.socle.objets_gardes import ObjetGarde
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.clore_les_expirees,),
    objets_gardes=(ObjetGarde("interventions.ImportDAgents.cle_de_stockage", "Import d'agents", sous="import"),),
)
