"""Organismes : ce que ce contexte branche dans la maison."""

from beffroi.organismes import a_faire
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.prises import Prises

PRISES = Prises(
    a_faire=(SelonSesRoles(a_faire.organismes_sans_administrateur, apres="ouverture.cles_de_gardien_demandees"),),
)
