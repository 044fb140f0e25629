"""Tentatives : ce que ce contexte branche dans la maison."""

from beffroi.socle.prises import Prises
from beffroi.tentatives import taches

PRISES = Prises(
    rondes=(taches.relever,),
    hors_preuve={
        "Trace": "recopiée d'un relevé, dont l'empreinte est dans une ligne prouvée",
    },
)
