"""Ce que le serveur frontal a passé, ce qu'il a oublié, et la ligne qui le répare."""

from beffroi.service.disponibilite.frontal.lignes import Ligne, bilan, lignes
from beffroi.service.disponibilite.frontal.vu import Arrivee, Attendu, Dehors, Etat

__all__ = ["Arrivee", "Attendu", "Dehors", "Etat", "Ligne", "bilan", "lignes"]
