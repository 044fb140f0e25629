"""Tentatives : ce que ce contexte branche dans la maison."""

from beffroi.reponse.traces import taches
from beffroi.reponse.traces.verification import relire_les_traces
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes_du_noeud=(taches.relever,),
    relectures_du_journal=(relire_les_traces,),
    prouvees_autrement={
        "Trace": "elle dit ce que dit le cahier à son rang, et le cahier tient à une ligne prouvée",
    },
)
