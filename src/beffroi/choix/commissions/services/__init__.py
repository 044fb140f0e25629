"""Tenir une commission : sa composition, ses réunions, ses votes, ses procès-verbaux."""

from beffroi.choix.commissions.services.annulation import annuler
from beffroi.choix.commissions.services.commissions import (
    ProjetDeCommission,
    ProjetDeMembre,
    ajouter_un_membre,
    creer_une_commission,
    dispenser,
    retirer_un_membre,
)
from beffroi.choix.commissions.services.jury import lever_l_anonymat, tirer_les_lettres
from beffroi.choix.commissions.services.reunions import (
    Affaire,
    ProjetDeReunion,
    convoquer,
    preparer_une_reunion,
)
from beffroi.choix.commissions.services.seance import (
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
    "annuler",
    "clore",
    "convoquer",
    "creer_une_commission",
    "deposer_l_exemplaire_signe",
    "dispenser",
    "lever_l_anonymat",
    "noter_les_presences",
    "noter_un_deport",
    "observer",
    "preparer_une_reunion",
    "retirer_un_membre",
    "tirer_les_lettres",
    "voter",
]
