"""Comment les offres se jugent (CCP, art. L. 2152-7,
L. 2152-8, R. 2152-7, R. 2152-11 et R. 2152-12).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

SorteDeCritere = Literal["prix", "coût", "technique", "délai", "environnement", "social", "autre"]


@dataclass(frozen=True, kw_only=True)
class SousCritere:
    """Une part d'un critère, dans la même unité que lui."""

    nom: str
    poids: Decimal


@dataclass(frozen=True, kw_only=True)
class Critere:
    """Un critère et son poids, en points sur cent.
    Sans poids, son rang seul compte (hiérarchie, R. 2152-12).

    `poids_maximal` : le haut d'une fourchette. `environnement` : il porte aussi
    sur l'environnement, quelle que soit sa sorte. `methode` : comment il se note,
    quand l'acheteur veut le dire.
    """

    nom: str
    sorte: SorteDeCritere
    poids: Decimal | None = None
    poids_maximal: Decimal | None = None
    environnement: bool = False
    sous_criteres: tuple[SousCritere, ...] = ()
    methode: str = ""

    @property
    def porte_sur_l_environnement(self) -> bool:
        return self.environnement or self.sorte == "environnement"
