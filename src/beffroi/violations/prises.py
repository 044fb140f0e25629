"""Violations de données : ce que ce contexte branche dans la maison."""

from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee
from beffroi.violations import a_faire, archivage

PRISES = Prises(
    a_faire=(SelonSesRoles(a_faire.violations_a_suivre, apres="incidents.prolongations_proposees"),),
    pieces_hors_consultation=(Rangee(archivage.hors_consultation, apres="recettes.hors_consultation"),),
)
