"""Budgets : ce que ce contexte branche dans la maison."""

from beffroi.socle.budgets import taches
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.oublier,),
    hors_preuve={"Depense": "un acte compté un jour au plus ; l'acte, lui, se prouve ailleurs"},
)
