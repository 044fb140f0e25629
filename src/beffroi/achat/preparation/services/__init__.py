"""Les actes de la préparation :
répondre aux questions, et les refaire à partir d'un achat d'avant.
"""

from beffroi.achat.preparation.services.cloner import Reprise, refaire
from beffroi.achat.preparation.services.questions import (
    choisir_autre_chose,
    commencer,
    decrire_un_lot,
    garder_la_saisie,
    geler_l_achat,
    repondre,
)

__all__ = [
    "Reprise",
    "choisir_autre_chose",
    "commencer",
    "decrire_un_lot",
    "garder_la_saisie",
    "geler_l_achat",
    "refaire",
    "repondre",
]
