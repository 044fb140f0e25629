"""Téléassistance : ce que ce contexte branche dans la maison."""

from beffroi.service.teleassistance import frise, taches
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    rondes=(taches.expirer,),
    aides=(Rangee(frise.partages_de, apres="aide.rappels_de"),),
    hors_preuve={
        "AccordEnAttente": "un accord que personne n'a rejoint, donc rien de vu ; il s'efface",
        "Signal": "ce qui joint deux navigateurs, effacé dès la fin du partage, qui est prouvé",
        "CodeFaux": "un code mal tapé, compté dix minutes ; le partage rejoint, lui, est prouvé",
    },
    dans_la_rubrique={
        "/cdg/assistance/": ("/cdg/teleassistance/",),
    },
)
