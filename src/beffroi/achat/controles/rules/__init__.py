"""Les contrôles RC-01 à RC-50, et ceux d'avant publication :
`controler(achat, texte, droit, maintenant)`.
"""

from beffroi.achat.controles.rules.constat import Constat, Controle, Gravite
from beffroi.achat.controles.rules.rapport import NonJoue, Question, Rapport, VersionDesRegles
from beffroi.achat.controles.rules.registre import CONTROLES, controler, controler_le_connu

__all__ = [
    "CONTROLES",
    "Constat",
    "Controle",
    "Gravite",
    "NonJoue",
    "Question",
    "Rapport",
    "VersionDesRegles",
    "controler",
    "controler_le_connu",
]
