"""Impayés : ce que ce contexte branche dans la maison."""

from beffroi.impayes import a_faire, taches
from beffroi.socle.a_faire import SelonSesRoles
from beffroi.socle.menus import Entree, Menu
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    a_faire=(SelonSesRoles(a_faire.impayes_a_suivre, apres="conventions.conventions_a_mener"),),
    menus=(Entree("Impayés", "/cdg/impayes/", Menu.EXPLOITANT, apres="/cdg/recettes/"),),
)
