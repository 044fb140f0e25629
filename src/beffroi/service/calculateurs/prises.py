"""Outils publics : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.menus import LienDePied, Pied
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    pied=(
        LienDePied(
            "Calculer un calendrier",
            "/outils/calendrier/",
            Pied.AIDE_ET_OUTILS,
            apres="/contact/etre-rappele/",
        ),
        LienDePied(
            "Les seuils", "/outils/seuils/", Pied.AIDE_ET_OUTILS, apres="/outils/calendrier/"
        ),
        LienDePied(
            "Calculer une contribution",
            "/outils/contribution/",
            Pied.AIDE_ET_OUTILS,
            apres="/outils/seuils/",
        ),
    ),
)
