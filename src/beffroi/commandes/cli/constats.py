"""Une vérification, une ligne : ce qui a été regardé, et ce qu'on y a vu."""

from collections.abc import Iterable
from dataclasses import dataclass

# Ce que conclut un contrôle de `sceau`.
BON = {"ok": True, "failed": False, "absent": None, "not_checked": None}


@dataclass(frozen=True)
class Constat:
    """`bon` vaut None quand il n'y avait rien à vérifier, mais que cela doit se savoir.

    `attend` : il y avait à vérifier, et cela n'a pas pu l'être encore.
    """

    quoi: str
    bon: bool | None
    detail: str = ""
    attend: bool = False

    def ligne(self) -> str:
        signe = {True: "bien", False: "NON ", None: "    "}[self.bon]
        return f"{signe}  {self.quoi}" + (f" : {self.detail}" if self.detail else "")


@dataclass
class Bilan:
    """Ce que l'on peut conclure de tous les constats."""

    bon: bool = True
    en_attente: int = 0


def afficher(constats: Iterable[Constat]) -> Bilan:
    """Affiche chaque constat dès qu'il est connu, et en tire le bilan."""
    bilan = Bilan()
    for constat in constats:
        print(constat.ligne(), flush=True)
        bilan.bon &= constat.bon is not False
        bilan.en_attente += constat.attend
    return bilan
