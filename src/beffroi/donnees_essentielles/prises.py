"""Données essentielles : ce que ce contexte branche dans la maison."""

from beffroi.donnees_essentielles import a_faire, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.demander_l_envoi,),
    a_faire=(SelonSesRoles(a_faire.fiches_a_publier, apres="recettes.recettes_a_tenir"),),
)
