"""Copies de sauvegarde : ce que ce contexte branche dans la maison."""

from beffroi.copies_de_sauvegarde import taches
from beffroi.copies_de_sauvegarde.events import CopieOuverte
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.rattraper_les_oublis,),
    abonnes={
        CopieOuverte: (taches.copie_ouverte,),
    },
)
