"""Restitution : ce que ce contexte branche dans la maison."""

from beffroi.garde.restitution import copies, gardees
from beffroi.garde.restitution.permissions import ACTES
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    objets_gardes=(
        ObjetGarde(
            "restitution.Restitution.cle_de_stockage", "Archive rendue", sous="restitutions"
        ),
        ObjetGarde(
            "restitution.Restitution.cle_de_l_inventaire",
            "Inventaire de l'archive rendue",
            empreinte="sha256_de_l_inventaire",
            sous="inventaires",
        ),
        ObjetGarde(
            "restitution.PieceReprise.cle_de_stockage",
            "Fichier de l'archive reprise",
            reference="consultation__reprise__reference",
            sous="reprises",
        ),
        ObjetGarde(
            "restitution.PieceHorsConsultation.cle_de_stockage",
            "Fichier de l'archive reprise",
            reference="reprise__reference",
        ),
    ),
    ports={
        "archives.ArchivesRendues": copies.gardees,
        "conformite.PiecesGardees": gardees.encore_gardees,
    },
    menus=(
        Entree(
            "Restitutions",
            "/cdg/restitutions/",
            Menu.EXPLOITANT,
            apres="/cdg/conventions/",
            permis=("voir_les_restitutions", ACTES),
        ),
    ),
)
