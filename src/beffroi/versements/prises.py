"""Versements : ce que ce contexte branche dans la maison."""

from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises
from beffroi.versements import a_faire, taches

PRISES = Prises(
    rondes=(taches.suivre,),
    a_faire=(SelonSesRoles(a_faire.versements_a_reprendre, apres="marches.contrats_a_mener"),),
)
