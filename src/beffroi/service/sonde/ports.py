"""Ce que la sonde attend de plus haut :
qui dépose par les adresses publiques, qui lit une autre heure.
"""

from beffroi.service.sonde.resultats import Ecart, Resultat, Terrain
from beffroi.socle.fondations.ports import port


@port("sonde.DepotDEssai")
def depot_d_essai(terrain: Terrain) -> Resultat:
    """Dépose comme une entreprise, et rapporte ; ne lève jamais."""


@port("sonde.HeureDeReference")
def heure_de_reference(source: str) -> Ecart:
    """L'écart avec cette horloge (`ntp:serveur` ou une adresse https) ;
    sans réponse, la phrase dit pourquoi.
    """
