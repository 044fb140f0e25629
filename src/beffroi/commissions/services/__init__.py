"""Tenir une commission : sa composition, ses réunions, ses votes, ses procès-verbaux."""

from beffroi.commissions.services.commissions import (
    ProjetDeCommission,
    ProjetDeMembre,
    ajouter_un_membre,
    creer_une_commission,
    dispenser,
    retirer_un_membre,
)
from beffroi.commissions.services.reunions import Affaire, ProjetDeReunion, convoquer, preparer_une_reunion
from beffroi.commissions.services.seance import (
    PresenceNotee,
    ProjetDeVote,
    clore,
    deposer_l_exemplaire_signe,
    noter_les_presences,
    noter_un_deport,
    observer,
    voter,
)

__all__ = [
    "Affaire",
    "PresenceNotee",
    "ProjetDeCommission",
    "ProjetDeMembre",
    "ProjetDeReunion",
    "ProjetDeVote",
    "ajouter_un_membre",
    "clore",
    "convoquer",
    "creer_une_commission",
    "deposer_l_exemplaire_signe",
    "dispenser",
    "noter_les_presences",
    "noter_un_deport",
    "observer",
    "preparer_une_reunion",
    "retirer_un_membre",
    "voter",
]
