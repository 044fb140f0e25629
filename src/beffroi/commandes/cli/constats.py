"""Une vérification, une ligne : ce qui a été regardé, et ce qu'on y a vu."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from beffroi.commandes.cli.verdict import Verdict, le_pire

# Ce que conclut un contrôle de `sceau`.
BON = {"ok": True, "failed": False, "absent": None, "not_checked": None}
SIGNES = {True: "bien", False: "NON ", None: "    "}
EN_SUSPENS = "?   "


@dataclass(frozen=True)
class Constat:
    """`bon` vaut None quand il n'y avait rien à vérifier, mais que cela doit se savoir.

    `manque` : il y avait à vérifier, et cela n'a pas pu l'être ; la phrase dit pourquoi, et quoi
    donner. `illisible` : le fichier ne s'est pas laissé lire, et rien n'en est conclu. `reserve` :
    ce que cette vérification ne peut pas voir, dit avec la conclusion ; elle n'y change rien.
    """

    quoi: str
    bon: bool | None
    detail: str = ""
    manque: str = ""
    illisible: bool = False
    reserve: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.illisible:
            return Verdict.ILLISIBLE
        if self.bon is False:
            return Verdict.FAUX
        return Verdict.NON_ETABLI if self.manque else Verdict.INTACT

    def ligne(self) -> str:
        signe = EN_SUSPENS if self.verdict is Verdict.NON_ETABLI else SIGNES[self.bon]
        return f"{signe}  {self.quoi}" + (f" : {self.detail}" if self.detail else "")


@dataclass
class Bilan:
    """Ce que l'on peut conclure de tous les constats."""

    verdicts: set[Verdict] = field(default_factory=set)
    manques: list[str] = field(default_factory=list)
    reserves: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        return le_pire(self.verdicts)

    def ajouter(self, constat: Constat) -> None:
        self.verdicts.add(constat.verdict)
        if constat.manque and constat.manque not in self.manques:
            self.manques.append(constat.manque)
        if constat.reserve and constat.reserve not in self.reserves:
            self.reserves.append(constat.reserve)


def afficher(constats: Iterable[Constat]) -> Bilan:
    """Affiche chaque constat dès qu'il est connu, et en tire le bilan."""
    bilan = Bilan()
    for constat in constats:
        print(constat.ligne(), flush=True)
        bilan.ajouter(constat)
    return bilan
