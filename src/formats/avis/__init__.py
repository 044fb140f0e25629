"""Les avis de publicité : une forme, plusieurs rendus, nos règles et celles de l'autorité."""

from formats.avis.defaut import Defaut
from formats.avis.modele import Avis, Identifiants
from formats.avis.prevalidation import AvisIllisible, AvisLu, ouvrir, prevalider

__all__ = ["Avis", "AvisIllisible", "AvisLu", "Defaut", "Identifiants", "ouvrir", "prevalider"]
