"""La même entreprise dans deux réponses : seule et en groupement, ou dans deux groupements. Pur.

Une même entreprise n'est mandataire que d'un groupement pour un même marché (CCP,
art. R. 2142-23). Le reste est permis, sauf si l'acheteur l'a interdit dans ses documents (CCP,
art. R. 2142-21 et R. 2151-7).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from droit.citation import Article
from droit.decision import Motif

UN_SEUL_MANDAT = Article("CCP", "R. 2142-23")
CUMUL = Article("CCP", "R. 2142-21 et R. 2151-7")


@dataclass(frozen=True)
class Participation:
    """Une réponse : qui la porte, avec qui, pour quels lots.

    Les identités sont des SIREN, ou des numéros étrangers.
    """

    reference: str
    nom: str
    mandataire: str
    membres: tuple[tuple[str, str], ...] = ()
    lots: frozenset[int | None] = frozenset({None})

    @property
    def identites(self) -> frozenset[str]:
        return frozenset({self.mandataire, *(identite for identite, _ in self.membres)})

    def nom_de(self, identite: str) -> str:
        return dict(self.membres).get(identite, self.nom)


@dataclass(frozen=True)
class Cumul:
    """Un cumul vu : en quoi, et s'il est interdit."""

    motif: Motif
    interdit: bool
    plis: tuple[str, str]


def cumuls(
    reponses: Iterable[Participation], *, interdit: bool, concession: bool = False
) -> tuple[Cumul, ...]:
    """Chaque paire de réponses au même lot où la même entreprise est deux fois."""
    return tuple(
        _dire(identite, premiere, seconde, interdit=interdit, concession=concession)
        for premiere, seconde in combinations(reponses, 2)
        for identite in _communes(premiere, seconde)
    )


def _communes(premiere: Participation, seconde: Participation) -> Iterator[str]:
    if not premiere.lots & seconde.lots:
        return
    # Seule deux fois, ou le même groupement :
    # c'est une réponse qui en remplace une autre, pas un cumul.
    if premiere.mandataire == seconde.mandataire and premiere.identites == seconde.identites:
        return
    yield from sorted(premiere.identites & seconde.identites)


def _dire(
    identite: str,
    premiere: Participation,
    seconde: Participation,
    *,
    interdit: bool,
    concession: bool,
) -> Cumul:
    nom, plis = premiere.nom_de(identite), (premiere.reference, seconde.reference)
    if (
        premiere.mandataire == seconde.mandataire == identite
        and premiere.membres
        and seconde.membres
    ):
        texte = (
            f"{nom} est mandataire de deux groupements ({plis[0]} et {plis[1]}). "
            "Une entreprise n'en représente qu'un."
        )
        return Cumul(
            Motif(texte, None if concession else UN_SEUL_MANDAT), interdit=not concession, plis=plis
        )
    comment = (
        "est dans deux groupements"
        if premiere.membres and seconde.membres
        else "répond seule et dans un groupement"
    )
    suite = (
        "Votre règlement interdit ce cumul : demandez-lui de s'expliquer, puis décidez."
        if interdit
        else "Votre règlement ne l'interdit pas."
    )
    texte = f"{nom} {comment} ({plis[0]} et {plis[1]}). {suite}"
    return Cumul(Motif(texte, None if concession else CUMUL), interdit=interdit, plis=plis)
