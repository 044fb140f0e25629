"""Espace d'essai : ce que ce contexte branche dans la maison."""

from beffroi.service.essai import allure, classe, services
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(services.garder_une_consultation_ouverte, classe.avancer),
    ports={
        "socle.HeureDeLEcole": allure.heure_de_l_ecole,
    },
    menus=(Entree("École", "/ecole/", Menu.EXPLOITANT, apres="/cdg/conformite/"),),
    pied=(
        LienDePied("Tester mon poste", "/essai/diagnostic/", Pied.ENTRAINEMENT),
        LienDePied(
            "Faire un dépôt d'essai", "/essai/depot/", Pied.ENTRAINEMENT, apres="/essai/diagnostic/"
        ),
    ),
)
