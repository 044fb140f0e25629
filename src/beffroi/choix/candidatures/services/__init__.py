"""Examiner une candidature, la faire compléter, en prouver la régularité, en
décider : un acte par fonction.
"""

from beffroi.choix.candidatures.services.complements import (
    APreciser,
    demander_de_completer,
    demander_les_preuves,
)
from beffroi.choix.candidatures.services.decisions import Choix, decider_des_candidatures, faits_de
from beffroi.choix.candidatures.services.examens import Constat, choisir_l_ordre, examiner
from beffroi.choix.candidatures.services.preuves import (
    SaisieDePreuve,
    ajouter_une_preuve,
    garder_les_preuves_obtenues,
)

__all__ = [
    "APreciser",
    "Choix",
    "Constat",
    "SaisieDePreuve",
    "ajouter_une_preuve",
    "choisir_l_ordre",
    "decider_des_candidatures",
    "demander_de_completer",
    "demander_les_preuves",
    "examiner",
    "faits_de",
    "garder_les_preuves_obtenues",
]
