"""Archives : ce que ce contexte branche dans la maison."""

from beffroi.garde.archives import taches
from beffroi.garde.archives.permissions import ACTES
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.veiller_la_nuit,),
    objets_gardes=(
        ObjetGarde("archives.Paquet.cle_de_stockage", "Paquet d'archives", sous="archives"),
        ObjetGarde(
            "archives.Elimination.cle_du_visa",
            "Visa du bordereau",
            empreinte="sha256_du_visa",
            sous="visas",
        ),
        ObjetGarde(
            "archives.PieceAEliminer.cle_de_stockage",
            sans_relecture="répète la clé d'une pièce, relue là où elle est gardée",
            relu_ailleurs=True,
        ),
    ),
    menus=(
        Entree(
            "Archives",
            "/archives/",
            Menu.ACHETEUR,
            apres="/acheteur/donnees-essentielles/",
            permis=("voir_les_archives", ACTES),
        ),
    ),
)
