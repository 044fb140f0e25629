"""Interventions : ce que ce contexte branche dans la maison."""

from beffroi.centre.interventions import fiche, taches
from beffroi.centre.interventions.permissions import ACTES
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    ports={"adherents.SesInterventions": fiche.ses_interventions},
    rondes=(taches.clore_les_expirees,),
    objets_gardes=(
        ObjetGarde("interventions.ImportDAgents.cle_de_stockage", "Import d'agents", sous="import"),
    ),
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
