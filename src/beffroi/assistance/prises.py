"""Assistance : ce que ce contexte branche dans la maison."""

from beffroi.assistance import a_faire, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.effacer, taches.relever_la_boite),
    a_faire=(SelonSesRoles(a_faire.demandes_a_traiter, apres="aide.rappels_a_faire"),),
)
