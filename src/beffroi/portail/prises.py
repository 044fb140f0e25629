"""Portail : ce que ce contexte branche dans la maison."""

from beffroi.portail import analyse_pour_la_commission, espace_d_entreprise, rappels
from beffroi.portail.client_publie import publier_le_client
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(publier_le_client,),
    ports={
        "commissions.AnalyseDuLot": analyse_pour_la_commission.analyse,
        "entreprises.EspaceDEntreprise": espace_d_entreprise.espace,
        "notifications.CeQuiAttend": rappels.ce_qui_attend,
    },
)
