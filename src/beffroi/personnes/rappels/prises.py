"""Notifications : ce que ce contexte branche dans la maison."""

from beffroi.personnes.rappels import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.commencer_le_matin,),
    hors_preuve={
        "Preferences": HorsPreuve(
            (
                "une commodité, que la personne change quand elle veut ; ouvrir un agenda est au "
                "journal"
            ),
            "un rappel partirait à une autre heure, ou pas ; aucun délai n'en dépend",
        ),
        "EcheanceServie": HorsPreuve(
            "ce qu'un agenda a lu, pour lui dire ce qui change",
            "un agenda montrerait mal ce qui a changé ; la date limite est prouvée",
        ),
        "Matin": HorsPreuve(
            "un matin dont les résumés sont confiés à la file",
            "un résumé partirait deux fois, ou pas ; ce qu'il résume se lit sur le site",
        ),
    },
)
