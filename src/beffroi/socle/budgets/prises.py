"""Budgets : ce que ce contexte branche dans la maison."""

from beffroi.socle.budgets import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.oublier,),
    hors_preuve={
        "Depense": HorsPreuve(
            "un acte compté un jour au plus ; l'acte, lui, se prouve ailleurs",
            "un inconnu écrirait plus que son budget ; ce qu'il écrit reste prouvé",
        ),
        "CompteurPartage": HorsPreuve(
            "ce qu'allauth compte quelques minutes, sous une empreinte",
            "quelqu'un essaierait plus souvent ; ce qu'il ferait ensuite reste prouvé",
        ),
    },
)
