"""Les contrôles RC-01 à RC-50, et ceux d'avant publication : `controler(achat, texte, droit, maintenant)`."""

from beffroi.relectures.rules.controles.constat import Constat, Controle, Gravite
from beffroi.relectures.rules.controles.moteur import controler
from beffroi.relectures.rules.controles.rapport import NonJoue, Question, Rapport
from beffroi.relectures.rules.controles.registre import CONTROLES
from beffroi.relectures.rules.controles.version import VersionDesRegles

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
]
