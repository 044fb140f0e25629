"""Engagements : ce que ce contexte branche dans la maison."""

from beffroi.contrat.engagements import abonnes, queries, taches
from beffroi.contrat.marches.events import MarcheInscrit
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.faire_le_tour,),
    abonnes={
        MarcheInscrit: (abonnes.ouvrir_les_engagements,),
    },
    ports={
        "reponses.EngagementsASigner": queries.engagements_du_pli,
        "attribution.ContratsNotifies": queries.notification_recue_le,
        "marches.ActesDesTitulaires": queries.actes_des_titulaires,
    },
)
