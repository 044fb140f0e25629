"""Ce qu'un contrôle rend : un écart, ou la raison de ne pas avoir pu juger.

Le moteur en fait un constat.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.relectures.rules.reperage import Trouvaille
from droit.citation import Source
from droit.decision import Motif


class Gravite(Enum):
    """Dans l'ordre : ce qui empêche de publier, ce qui se confirme, ce qui se lit."""

    BLOQUANT = "bloquant"
    AVERTISSEMENT = "avertissement"
    INFORMATION = "information"

    @property
    def rang(self) -> int:
        return list(Gravite).index(self)


@dataclass(frozen=True, kw_only=True)
class Ecart:
    """Ce qui ne va pas, et comment le corriger.

    `champ` : celui du formulaire à reprendre, quand ce n'est pas celui du contrôle. `doute` :
    pourquoi l'on n'est pas sûr ; un écart douteux ne bloque jamais. `absence` : le texte ne dit pas
    quelque chose, ce qui suppose de l'avoir lu en entier.
    """

    quoi: str
    remede: str
    champ: str = ""
    trouve: str = ""
    attendu: str = ""
    ou: Trouvaille[object] | None = None
    doute: str = ""
    absence: bool = False
    gravite: Gravite | None = None
    pourquoi: Motif | None = None


@dataclass(frozen=True)
class Impossible:
    """Le contrôle n'a pas pu juger : un fait manque. La phrase dit lequel."""

    raison: str


Reponses = Iterator[Ecart | Impossible]


@dataclass(frozen=True, kw_only=True)
class Fonctions:
    """Ce qui joue un contrôle : `projet` juge la consultation structurée ;
    `texte`, le règlement seul ; `comparaison`, l'un avec l'autre.
    """

    projet: Callable[[Projet], Reponses] | None = None
    texte: Callable[[Reglement], Reponses] | None = None
    comparaison: Callable[[Projet, Reglement], Reponses] | None = None


@dataclass(frozen=True, kw_only=True)
class Controle:
    """Un contrôle du catalogue :
    ce qu'il regarde, sa gravité, les textes qui le fondent, les fonctions qui le jouent.

    `question` : ce qu'une personne doit encore regarder, parce qu'aucune règle ne le peut.
    `se_garde` : quelqu'un peut passer outre en disant pourquoi ; non, quand la consultation
    ne peut pas exister sans.
    """

    code: str
    titre: str
    gravite: Gravite
    fondement: tuple[Source, ...]
    champ: str
    fonctions: Fonctions
    question: str = ""
    se_garde: bool = True

    @property
    def source(self) -> Source:
        return self.fondement[0]


@dataclass(frozen=True, kw_only=True)
class Constat:
    """Un écart, daté d'un contrôle :
    tout ce qu'il faut pour le lire, le situer, le comprendre et le corriger.

    `place` : où dans le texte, vide pour la consultation structurée. `paragraphe` :
    son numéro, pour s'y rendre.
    """

    code: str
    gravite: Gravite
    quoi: str
    champ: str
    pourquoi: Motif
    remede: str
    place: str = ""
    paragraphe: int | None = None
    trouve: str = ""
    attendu: str = ""
    doute: str = ""
    se_garde: bool = True

    @property
    def bloque(self) -> bool:
        return self.gravite is Gravite.BLOQUANT
