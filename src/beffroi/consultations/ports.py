"""Ce que les consultations affichent et qu'un contexte plus haut décide : les limites d'un dépôt.

`depots` les branche à son démarrage ; sans lui, la page n'en dit rien.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Limites:
    """Les limites d'une réponse, celles-là mêmes qui sont appliquées."""

    octets_par_reponse: int
    octets_par_fichier: int
    nombre_de_fichiers: int


class LimitesDeDepot(Protocol):
    """Qui sait dire les limites d'un dépôt."""

    def __call__(self) -> Limites: ...


_branchees: list[LimitesDeDepot] = []


def brancher_les_limites(limites: LimitesDeDepot) -> None:
    """Le dernier branchement compte ; à appeler dans `apps.ready()`."""
    _branchees[:] = [limites]


def limites_de_depot() -> Limites | None:
    """Les limites à annoncer, si le dépôt est branché."""
    return _branchees[0]() if _branchees else None
