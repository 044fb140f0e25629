"""Les actes des versements."""

from beffroi.garde.versements.services.demandes import (
    abandonner,
    declarer_la_remise,
    demander_le_versement,
    relancer,
)
from beffroi.garde.versements.services.envois import noter_l_envoi, noter_la_panne
from beffroi.garde.versements.services.reponses import enregistrer_la_reponse, recueillir

__all__ = [
    "abandonner",
    "declarer_la_remise",
    "demander_le_versement",
    "enregistrer_la_reponse",
    "noter_l_envoi",
    "noter_la_panne",
    "recueillir",
    "relancer",
]
