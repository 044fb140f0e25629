"""Ranger ce que plusieurs contextes déclarent, sans liste centrale :
chacun nomme celui qu'il suit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet


class SansPlace(RuntimeError):
    """Une prise suit ce qui n'existe pas, ou se suit elle-même ;
    deux prises portent le même nom.
    """


class ARanger(Protocol):
    @property
    def apres(self) -> str: ...

    def nom(self, contexte: str) -> str: ...


@dataclass(frozen=True)
class Rangee[F: Callable[..., Any]]:
    """Une fonction branchée.

    `apres` nomme celle qu'elle suit, « contexte.fonction » ; vide, elle commence.
    """

    fonction: F
    apres: str

    def nom(self, contexte: str) -> str:
        return f"{contexte}.{self.fonction.__name__}"


# Sans une ligne de l'une d'elles, la fonction n'a rien à rendre ;
# `None` : on ne sait pas, il faut voir.
Sources = Callable[..., "list[QuerySet[Any]] | None"]


def il_faut_voir(*_: Any, **__: Any) -> None:
    """La source de qui n'en dit pas."""


@dataclass(frozen=True)
class RangeeSIlYA[F: Callable[..., Any]](Rangee[F]):
    """Une fonction branchée, et les lignes sans lesquelles elle ne rend rien.

    Qui les appelle toutes demande d'un coup à la base lesquelles existent
    (`guichet.existence`), et n'appelle que celles-là.
    """

    s_il_y_a: Sources = field(default=il_faut_voir, kw_only=True)


def ranger[R: ARanger](declarees: Iterable[tuple[str, R]]) -> list[R]:
    """Chaque prise juste après celle qu'elle suit ;
    deux qui suivent la même gardent l'ordre des contextes.
    """
    suivantes: dict[str, list[tuple[str, R]]] = defaultdict(list)
    noms: set[str] = set()
    for contexte, prise in declarees:
        nom = prise.nom(contexte)
        if nom in noms:
            raise SansPlace(f"« {nom} » est déclarée deux fois.")
        noms.add(nom)
        suivantes[prise.apres].append((nom, prise))
    rangees, attendent = [], suivantes.pop("", [])[::-1]
    while attendent:
        nom, prise = attendent.pop()
        rangees.append(prise)
        attendent += suivantes.pop(nom, [])[::-1]
    if suivantes:
        raise SansPlace(f"On ne sait où ranger ce qui suit : {', '.join(sorted(suivantes))}.")
    return rangees
