"""Les bandeaux : ce qu'une page rappelle à une personne tant que cela compte, où qu'elle soit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bandeau:
    """Un état qui dure. `ton` : « info », « attention » ou « danger ».

    `chez` : le nom de l'organisme, dit à qui en sert plusieurs.
    """

    ton: str
    titre: str
    texte: str
    chez: str
    url: str = ""
    geste: str = ""


# `(habilitations, *, le)` : une lecture au plus, quel que soit leur nombre.
Bandeaux = Callable[..., Iterable[Bandeau]]
