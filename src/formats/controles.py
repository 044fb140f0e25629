"""Un contrôle qui a eu lieu, quel que soit le fichier contrôlé :
son nom, et ce qu'il a à redire.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Reproche(Protocol):
    """Ce qu'un contrôle reproche : une erreur, ou un avertissement."""

    @property
    def est_une_erreur(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle[Defaut: Reproche]:
    nom: str
    defauts: tuple[Defaut, ...]

    @property
    def erreurs(self) -> tuple[Defaut, ...]:
        return tuple(defaut for defaut in self.defauts if defaut.est_une_erreur)


def defauts_de[Defaut: Reproche](controles: Iterable[Controle[Defaut]]) -> tuple[Defaut, ...]:
    return tuple(defaut for controle in controles for defaut in controle.defauts)


def sont_bons(controles: Iterable[Controle[Reproche]]) -> bool:
    """Aucune erreur ; un avertissement n'en est pas une."""
    return not any(controle.erreurs for controle in controles)
