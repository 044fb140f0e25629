"""Une vérification, une ligne : ce qui a été regardé, et ce qu'on y a vu."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Constat:
    """`bon` vaut None quand il n'y avait rien à vérifier, mais que cela doit se savoir."""

    quoi: str
    bon: bool | None
    detail: str = ""

    def ligne(self) -> str:
        signe = {True: "bien", False: "NON ", None: "    "}[self.bon]
        return f"{signe}  {self.quoi}" + (f" : {self.detail}" if self.detail else "")


def afficher(constats: Iterable[Constat]) -> bool:
    """Affiche chaque constat dès qu'il est connu ; vrai si rien n'est mauvais."""
    tout_est_bon = True
    for constat in constats:
        print(constat.ligne(), flush=True)
        tout_est_bon &= constat.bon is not False
    return tout_est_bon
