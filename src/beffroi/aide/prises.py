"""Aide : ce que ce contexte branche dans la maison."""

from beffroi.aide import a_faire, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.effacer,),
    a_faire=(SelonSesRoles(a_faire.rappels_a_faire, apres="pieces.pieces_a_renouveler"),),
)
