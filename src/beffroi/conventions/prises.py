"""Conventions : ce que ce contexte branche dans la maison."""

from beffroi.conventions import a_faire, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    a_faire=(SelonSesRoles(a_faire.conventions_a_mener, apres="conformite.personnes_a_repondre"),),
)
