"""Comptes : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes import taches
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.purger_les_essais,),
    hors_preuve={
        "EssaisManques": "un compte d'essais manqués, effacé dix minutes après le dernier",
    },
)
