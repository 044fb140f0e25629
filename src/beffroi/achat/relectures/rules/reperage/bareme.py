"""Les barèmes d'un texte :
les critères qui vont ensemble, et les sous-critères qui se partagent leur poids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from beffroi.achat.relectures.rules.reperage.lignes_de_criteres import CritereEcrit, Ligne, lignes
from beffroi.achat.relectures.rules.reperage.ponderation import Unite
from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, plier
from formats.lecture import Paragraphe, Texte

_TOTAUX = (Decimal(100), Decimal(20), Decimal(10), Decimal(1))
_ECART_MAXIMAL = 12
_AUTOUR = 3
_TOTAL_ANNONCE = re.compile(
    r"\btotal\b\D{0,20}(?P<total>\d{2,3})\b|\b(?:not\w+|juge\w*)\s+sur\s+(?:un\s+total\s+de\s+)?"
    r"(?P<sur>\d{2,3})\s*points?\b"
)
_ESSAIS_MAXIMUM = 2_000


@dataclass(frozen=True, kw_only=True)
class CritereDuBareme:
    """Un critère et les sous-critères qui se partagent son poids."""

    critere: Trouvaille[CritereEcrit]
    sous_criteres: tuple[Trouvaille[CritereEcrit], ...] = ()

    @property
    def somme_des_sous_criteres(self) -> Decimal:
        return sum((sous.valeur.poids for sous in self.sous_criteres), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Bareme:
    """Les critères que le texte donne d'un tenant. `lot` :
    celui dont le texte vient de parler, s'il en nomme un seul.

    `total_annonce` : « notées sur 100 points », « Total : 100 ».
    """

    criteres: tuple[CritereDuBareme, ...]
    lot: int | None = None
    total_annonce: Decimal | None = None

    @property
    def somme(self) -> Decimal:
        return sum((critere.critere.valeur.poids for critere in self.criteres), Decimal(0))

    @property
    def unite(self) -> Unite:
        return self.criteres[0].critere.valeur.unite


def baremes(texte: Texte) -> tuple[Bareme, ...]:
    """Les barèmes de critères d'attribution, dans l'ordre du texte."""
    return tuple(
        Bareme(
            criteres=tuple(_groupes([ligne.critere for ligne in suite])),
            lot=suite[-1].lot,
            total_annonce=_total_annonce(texte, suite),
        )
        for suite in _suites(texte)
    )


def criteres(texte: Texte) -> tuple[Trouvaille[CritereEcrit], ...]:
    """Tous les critères et sous-critères pondérés, dans l'ordre du texte."""
    return tuple(
        trouvaille
        for bareme in baremes(texte)
        for groupe in bareme.criteres
        for trouvaille in (groupe.critere, *groupe.sous_criteres)
    )


def _total_annonce(texte: Texte, suite: list[Ligne]) -> Decimal | None:
    """Le total que disent les lignes autour des critères."""
    debut, fin = (
        suite[0].critere.paragraphe.numero - _AUTOUR,
        suite[-1].critere.paragraphe.numero + _AUTOUR,
    )
    autour = " ".join(plier(p.texte) for p in texte.paragraphes[max(debut - 1, 0) : fin])
    trouve = _TOTAL_ANNONCE.search(autour)
    return Decimal(trouve["total"] or trouve["sur"]) if trouve else None


def _suites(texte: Texte) -> Iterator[list[Ligne]]:
    """Les critères qui se suivent :
    un autre titre, un autre lot ou un autre tableau en commence d'autres.
    """
    suite: list[Ligne] = []
    for ligne in lignes(texte):
        if suite and (
            ligne.lot != suite[-1].lot
            or _coupe(suite[-1].critere.paragraphe, ligne.critere.paragraphe)
        ):
            yield suite
            suite = []
        suite.append(ligne)
    if suite:
        yield suite


def _coupe(un: Paragraphe, autre: Paragraphe) -> bool:
    if un.cellule and autre.cellule:
        return un.cellule.tableau != autre.cellule.tableau
    return un.titre != autre.titre or autre.numero - un.numero > _ECART_MAXIMAL


def _groupes(suite: list[Trouvaille[CritereEcrit]]) -> Iterator[CritereDuBareme]:
    sous = _qui_est_sous_critere([t.valeur for t in suite])
    sous[0] = False
    tetes = [rang for rang, est_sous in enumerate(sous) if not est_sous]
    for debut, fin in pairwise((*tetes, len(suite))):
        parts = tuple(_en_sous_critere(t) for t in suite[debut + 1 : fin])
        yield CritereDuBareme(critere=suite[debut], sous_criteres=parts)


def _en_sous_critere(trouvaille: Trouvaille[CritereEcrit]) -> Trouvaille[CritereEcrit]:
    return replace(trouvaille, valeur=replace(trouvaille.valeur, est_sous_critere=True))


def _qui_est_sous_critere(criteres: list[CritereEcrit]) -> list[bool]:
    """Ce que le texte en dit ; sinon à plat si la somme tombe juste ;
    sinon les parts dont la somme fait un critère.
    """
    poids, dits = (
        [critere.poids for critere in criteres],
        [critere.est_sous_critere for critere in criteres],
    )
    if _somme_des_tetes(poids, dits) in _TOTAUX:
        return dits
    if not any(dits) and sum(critere.est_numerote for critere in criteres) > 1:
        return [not critere.est_numerote for critere in criteres]
    # « dont moyens (25 %) et délai (15 %) » : le second n'est pas annoncé, la somme le dit.
    justes = (
        partage
        for partage in _partages(poids)
        if _somme_des_tetes(poids, partage) in _TOTAUX
        if all(part or not dit for part, dit in zip(partage, dits, strict=True))
    )
    return next(justes, dits if any(dits) else next(_partages(poids), dits))


def _somme_des_tetes(poids: list[Decimal], sous: list[bool]) -> Decimal:
    return sum((p for p, est_sous in zip(poids, sous, strict=True) if not est_sous), Decimal(0))


def _partages(poids: list[Decimal]) -> Iterator[list[bool]]:
    """Les façons de lire des poids qui se suivent :
    chacun seul, ou partagé par les deux suivants au moins.
    """
    pile: list[list[bool]] = [[]]
    for _ in range(_ESSAIS_MAXIMUM):
        if not pile:
            return
        lus = pile.pop()
        if len(lus) == len(poids):
            yield lus
            continue
        tete = len(lus)
        pile.append([*lus, False])
        if parts := _nombre_de_parts(poids[tete], poids[tete + 1 :]):
            pile.append([*lus, False, *[True] * parts])


def _nombre_de_parts(entier: Decimal, suivants: list[Decimal]) -> int:
    somme = Decimal(0)
    for nombre, part in enumerate(suivants, start=1):
        somme += part
        if somme == entier and nombre > 1:
            return nombre
        if somme >= entier:
            return 0
    return 0
