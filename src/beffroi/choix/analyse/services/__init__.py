"""Les actes de l'analyse :
une grille, des évaluateurs, des offres inscrites, notées, retenues, un rapport validé.
"""

from beffroi.choix.analyse.services.evaluateurs import declarer_sans_conflit, nommer, retirer
from beffroi.choix.analyse.services.grille import ChoixDeGrille, arreter_la_grille, criteres_publies
from beffroi.choix.analyse.services.notes import Retenue, Saisie, noter, retenir_les_notes
from beffroi.choix.analyse.services.offres import (
    Montant,
    Pse,
    inscrire_les_offres,
    inscrire_une_variante,
    qualifier,
    retenir_un_montant,
)
from beffroi.choix.analyse.services.rapport import rouvrir_le_rapport, valider_le_rapport

__all__ = [
    "ChoixDeGrille",
    "Montant",
    "Pse",
    "Retenue",
    "Saisie",
    "arreter_la_grille",
    "criteres_publies",
    "declarer_sans_conflit",
    "inscrire_les_offres",
    "inscrire_une_variante",
    "nommer",
    "noter",
    "qualifier",
    "retenir_les_notes",
    "retenir_un_montant",
    "retirer",
    "rouvrir_le_rapport",
    "valider_le_rapport",
]
