"""Interventions : ce que ce contexte branche dans la maison."""

from beffroi.interventions import taches
from beffroi.interventions.permissions import ACTES
from beffroi.socle.menus import Entree, Menu
from beffroi.socle.objets_gardes import ObjetGarde
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.clore_les_expirees,),
    objets_gardes=(ObjetGarde("interventions.ImportDAgents.cle_de_stockage", "Import d'agents", sous="import"),),
    menus=(
        Entree(
            "Comptes des organismes",
            "/cdg/comptes/",
            Menu.EXPLOITANT,
            apres="/cdg/statistiques/",
            permis=("voir_les_comptes", ACTES),
        ),
    ),
)
