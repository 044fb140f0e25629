"""Les premiers pas d'un organisme neuf : chaque contexte dit le sien, et s'il est fait."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PremierPas:
    """Un pas, sa page et son geste.

    `a_defaut` : qui le fait, quand cette personne ne le peut pas. `attend` : le nom du pas qui
    l'ouvre, tant qu'il est verrouillé. `en_route` : ce qui est déjà parti, sans être fini.
    """

    nom: str
    titre: str
    detail: str
    fait: bool
    url: str = ""
    geste: str = ""
    a_defaut: str = ""
    attend: str = ""
    en_route: str = ""

    @property
    def se_fait(self) -> bool:
        """Il reste à faire, par cette personne, maintenant."""
        return not (self.fait or self.a_defaut or self.attend or self.en_route)


# `(habilitation, *, le)` ; rien si ce pas n'a pas de sens chez cet organisme.
SonPas = Callable[..., PremierPas | None]
