"""Tentatives : ce que ce contexte branche dans la maison."""

from beffroi.reponse.traces import taches
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.relever,),
    hors_preuve={
        "Trace": "recopiée d'un relevé, dont l'empreinte est dans une ligne prouvée",
    },
)
