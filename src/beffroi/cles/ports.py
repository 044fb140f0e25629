"""Ce que les clés affichent et qu'un contexte plus haut sait : ce qu'une paire ouvre, et s'il reste à l'ouvrir."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, Protocol

from beffroi.comptes.models import Utilisateur
from beffroi.socle.ports import branche


class PairesServies(Protocol):
    """Qui sait, parmi ces paires, celles dont les enveloppes sont déjà ouvertes."""

    def __call__(self, paires: Collection[int]) -> Collection[int]: ...


def paires_servies(paires: Collection[int]) -> Collection[int]:
    """Les paires pour lesquelles un essai ne servirait plus à rien."""
    dire: PairesServies = branche("cles.PairesServies")
    return dire(paires) if paires else ()


class Retour(NamedTuple):
    """La page qui demandait l'essai, et comment la nommer."""

    titre: str
    adresse: str


class RetourApresEssai(Protocol):
    """Qui sait à quelle page de consultation ramener cette personne, si elle peut encore la voir."""

    def __call__(self, paire: int, utilisateur: Utilisateur, le: datetime) -> Retour | None: ...


def retour_apres_essai(paire: int, utilisateur: Utilisateur, le: datetime) -> Retour | None:
    """La consultation dont cette clé est l'une des deux."""
    trouver: RetourApresEssai = branche("cles.RetourApresEssai")
    return trouver(paire, utilisateur, le)
