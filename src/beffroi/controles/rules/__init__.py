"""Les contrôles RC-01 à RC-50, et ceux d'avant publication : `controler(achat, texte, droit, maintenant)`."""

from beffroi.controles.rules.constat import Constat, Controle, Gravite
from beffroi.controles.rules.moteur import controler
from beffroi.controles.rules.rapport import NonJoue, Question, Rapport
from beffroi.controles.rules.registre import CONTROLES
from beffroi.controles.rules.version import VersionDesRegles

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
