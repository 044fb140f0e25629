"""Les avis de publicité : une forme, plusieurs rendus, nos règles et celles de l'autorité."""

from formats.avis.attribution import AvisDAttribution
from formats.avis.defaut import Defaut
from formats.avis.modele import Avis, Identifiants
from formats.avis.prevalidation import AvisIllisible, AvisLu, ouvrir, prevalider
from formats.avis.prevalidation_attribution import prevalider_l_attribution

__all__ = [
    "Avis",
    "AvisDAttribution",
    "AvisIllisible",
    "AvisLu",
    "Defaut",
    "Identifiants",
    "ouvrir",
    "prevalider",
    "prevalider_l_attribution",
]
