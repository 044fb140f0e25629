"""Espace d'essai : ce que ce contexte branche dans la maison."""

from beffroi.essai import allure, classe, services
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(services.garder_une_consultation_ouverte, classe.avancer),
    ports={
        "socle.HeureDeLEcole": allure.heure_de_l_ecole,
    },
)
