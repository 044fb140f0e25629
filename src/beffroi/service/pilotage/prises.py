"""Statistiques : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    menus=(
        Entree("Statistiques", "/statistiques/", Menu.ACHETEUR, apres="/archives/"),
        Entree("Statistiques", "/cdg/statistiques/", Menu.EXPLOITANT, apres="/cdg/supervision/"),
    ),
)
