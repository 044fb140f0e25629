"""Violations de données : ce que ce contexte branche dans la maison."""

from beffroi.garde.violations import a_faire, archivage
from beffroi.socle.fondations.a_faire import SelonSesRoles
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    a_faire=(
        SelonSesRoles(
            a_faire.violations_a_suivre,
            apres="incidents.prolongations_proposees",
            s_il_y_a=a_faire.en_cours,
        ),
    ),
    pieces_hors_consultation=(
        Rangee(archivage.hors_consultation, apres="recettes.hors_consultation"),
    ),
)
