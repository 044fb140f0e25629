"""Journal : ce que ce contexte branche dans la maison."""

from beffroi.journal import taches, temoins
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(
        taches.publier_l_autorite,
        taches.avancer_le_registre_public,
        taches.completer_les_jetons,
        taches.horodater_le_point_du_jour,
        temoins.faire_cosigner,
    ),
)
