"""Ce que la sonde attend de plus haut : qui dépose par les adresses publiques, qui lit une autre heure."""

from typing import Protocol

from beffroi.socle.ports import branche
from beffroi.sonde.resultats import Ecart, Resultat, Terrain


class DepotDEssai(Protocol):
    """Dépose comme une entreprise, et rapporte ; ne lève jamais."""

    def __call__(self, terrain: Terrain) -> Resultat: ...


class HeureDeReference(Protocol):
    """L'écart avec cette horloge (`ntp:serveur` ou une adresse https) ; sans réponse, la phrase dit pourquoi."""

    def __call__(self, source: str) -> Ecart: ...


def depot_d_essai() -> DepotDEssai:
    essayer: DepotDEssai = branche("sonde.DepotDEssai")
    return essayer


def heure_de_reference() -> HeureDeReference:
    lire: HeureDeReference = branche("sonde.HeureDeReference")
    return lire
