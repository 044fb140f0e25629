"""Notifications : ce que ce contexte branche dans la maison."""

from beffroi.personnes.rappels import taches
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.commencer_le_matin,),
    hors_preuve={
        "Preferences": (
            "une commodité, que la personne change quand elle veut ; "
            "ouvrir un agenda est au journal"
        ),
        "EcheanceServie": "ce qu'un agenda a lu, pour lui dire ce qui change",
        "Matin": "un matin dont les résumés sont confiés à la file",
    },
)
