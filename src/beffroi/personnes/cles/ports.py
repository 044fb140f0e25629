"""Ce que les clés affichent et qu'un contexte plus haut sait :
ce qu'une paire ouvre, et s'il reste à l'ouvrir.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.ports import port


@port("cles.PairesServies")
def paires_servies(paires: Collection[int]) -> Collection[int]:
    """Parmi ces paires, celles dont les enveloppes sont déjà ouvertes :
    un essai n'y servirait plus à rien.
    """


class Retour(NamedTuple):
    """La page qui demandait l'essai, et comment la nommer."""

    titre: str
    adresse: str


@port("cles.RetourApresEssai")
def retour_apres_essai(paire: int, utilisateur: Utilisateur, le: datetime) -> Retour | None:
    """La page de la consultation dont cette clé est l'une des deux,
    si cette personne peut encore la voir.
    """
