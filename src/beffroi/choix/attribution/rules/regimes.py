"""Sous quel régime une entreprise apprend le choix :
il décide de ce que dit la lettre, et de l'attente.
"""

from enum import StrEnum

from droit.calendrier.remise import famille
from droit.citation import Article
from droit.tables import Procedure

CONCOURS = "concours"


class Regime(StrEnum):
    """Quatre façons d'être prévenu ; le mot est celui des tables de la loi (`motifs.<regime>`)."""

    ADAPTEE = "procedure_adaptee"
    FORMALISEE = "procedure_formalisee"
    CONCESSION = "concession"
    CONCESSION_SOUS_LE_SEUIL = "concession_sous_le_seuil"

    @property
    def est_une_concession(self) -> bool:
        return self in (Regime.CONCESSION, Regime.CONCESSION_SOUS_LE_SEUIL)

    @property
    def attend(self) -> bool:
        """Le contrat attend-il après la dernière lettre (CCP, art. R. 2182-1 et R. 3125-2) ?"""
        return self in (Regime.FORMALISEE, Regime.CONCESSION)

    @property
    def article_du_rejet(self) -> Article:
        return {
            Regime.ADAPTEE: Article("CCP", "R. 2181-1"),
            Regime.FORMALISEE: Article("CCP", "R. 2181-3"),
            Regime.CONCESSION: Article("CCP", "R. 3125-1"),
            Regime.CONCESSION_SOUS_LE_SEUIL: Article("CCP", "R. 3126-12"),
        }[self]


def regime_de(procedure: Procedure) -> Regime:
    """Le régime d'après la ligne des tables : concession ou marché, formalisé ou non."""
    if famille(procedure) == "concession":
        return Regime.CONCESSION if procedure.formalisee else Regime.CONCESSION_SOUS_LE_SEUIL
    return Regime.FORMALISEE if procedure.formalisee else Regime.ADAPTEE
