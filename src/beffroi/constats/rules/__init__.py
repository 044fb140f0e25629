"""Le moteur d'un contrôle, pur : `jouer(controles, achat, texte, droit, maintenant, regles) -> Rapport`."""

from beffroi.constats.rules.constat import Constat, Controle, Gravite
from beffroi.constats.rules.moteur import jouer
from beffroi.constats.rules.rapport import NonJoue, Question, Rapport, VersionDesRegles

__all__ = ["Constat", "Controle", "Gravite", "NonJoue", "Question", "Rapport", "VersionDesRegles", "jouer"]
