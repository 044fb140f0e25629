"""Recettes : ce que ce contexte branche dans la maison."""

from beffroi.recettes import a_faire
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(SelonSesRoles(a_faire.recettes_a_tenir, apres="contributions.contributions_a_mener"),),
)
