"""Les bordereaux de prix (BPU, DPGF, DQE) :
lus d'un XLSX, d'un ODS ou d'un CSV, comparés au cadre de l'acheteur.
"""

from formats.bordereaux.comparer import Comparaison, LigneComparee, comparer, verifier
from formats.bordereaux.lire import lire_bordereau
from formats.bordereaux.modele import Bordereau, Constat, Ligne
from formats.lecture.refus import DocumentIllisible

__all__ = [
    "Bordereau",
    "Comparaison",
    "Constat",
    "DocumentIllisible",
    "Ligne",
    "LigneComparee",
    "comparer",
    "lire_bordereau",
    "verifier",
]
