"""Si un critère pesait plus ou moins, qui serait premier ? Une réponse exacte :
des droites qui se croisent.

Le poids d'un critère bouge de zéro au total ; les autres gardent leurs proportions. Le total de
chaque offre suit alors une droite, et le premier change là où deux droites se croisent. C'est une
lecture du classement : les poids annoncés, eux, ne changent plus (CCP, art. R. 2152-12).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from beffroi.choix.analyse.rules.classement import CritereNote, OffreNotee, points_exacts


@dataclass(frozen=True)
class Droite:
    """Le total d'une offre quand le poids du critère est nul, puis quand il est seul à compter."""

    cle: str
    nom: str
    sans: Fraction
    seul: Fraction

    def au_poids(self, poids: Fraction, total: Fraction) -> Fraction:
        return self.sans + (self.seul - self.sans) * poids / total


@dataclass(frozen=True)
class Intervalle:
    """De ce poids à cet autre, les mêmes offres sont premières."""

    de: Fraction
    a: Fraction
    premieres: tuple[str, ...]


@dataclass(frozen=True)
class Sensibilite:
    """`ruptures` : les poids où le premier change.

    `croisements` : ceux où deux offres, n'importe lesquelles, s'échangent.
    """

    critere: str
    nom: str
    poids: Decimal
    total: Decimal
    droites: tuple[Droite, ...]
    intervalles: tuple[Intervalle, ...]
    croisements: tuple[tuple[Fraction, str, str], ...]

    @property
    def ruptures(self) -> tuple[Fraction, ...]:
        return tuple(avant.a for avant, _ in pairwise(self.intervalles))

    @property
    def marge(self) -> Fraction | None:
        """De combien le poids peut bouger avant que le premier change ;
        `None` s'il ne change jamais.
        """
        ecarts = [abs(rupture - Fraction(self.poids)) for rupture in self.ruptures]
        return min(ecarts) if ecarts else None


def sensibilites(
    offres: Sequence[OffreNotee], criteres: Sequence[CritereNote]
) -> tuple[Sensibilite, ...]:
    """Une lecture par critère.

    Les offres éliminées ou incomplètes n'y sont pas ; un critère seul n'a rien à déplacer.
    """
    codes = {f.code for critere in criteres for f in critere.feuilles}
    en_lice = sorted(
        (
            o
            for o in offres
            if not o.eliminee and all(o.notes.get(code) is not None for code in codes)
        ),
        key=lambda offre: offre.cle,
    )
    total = sum((critere.poids for critere in criteres), Decimal(0))
    mobiles = [critere for critere in criteres if 0 < critere.poids < total]
    return (
        tuple(_sensibilite(critere, criteres, en_lice, total) for critere in mobiles)
        if en_lice
        else ()
    )


def _sensibilite(
    critere: CritereNote,
    criteres: Sequence[CritereNote],
    offres: Sequence[OffreNotee],
    total: Decimal,
) -> Sensibilite:
    entier, poids = Fraction(total), Fraction(critere.poids)
    droites = []
    for offre in offres:
        autres = sum(
            (points_exacts(offre, autre) for autre in criteres if autre.code != critere.code),
            Fraction(0),
        )
        seul = points_exacts(offre, critere) * entier / poids
        droites.append(Droite(offre.cle, offre.nom, autres * entier / (entier - poids), seul))
    croisements = tuple(sorted(_croisements(droites, entier)))
    intervalles = _intervalles(droites, entier)
    return Sensibilite(
        critere.code, critere.nom, critere.poids, total, tuple(droites), intervalles, croisements
    )


def _croisements(droites: Sequence[Droite], total: Fraction) -> Iterator[tuple[Fraction, str, str]]:
    """Deux droites se croisent au plus une fois ; se toucher à un bout n'échange personne."""
    for rang, une in enumerate(droites):
        for autre in droites[rang + 1 :]:
            avant, apres = une.sans - autre.sans, une.seul - autre.seul
            if avant * apres < 0:
                yield total * avant / (avant - apres), une.cle, autre.cle


def _intervalles(droites: Sequence[Droite], total: Fraction) -> tuple[Intervalle, ...]:
    """Suivre la plus haute droite, de croisement en croisement :
    celle qui la dépasse est toujours plus pentue.
    """
    de, premiere = Fraction(0), max(droites, key=lambda d: (d.sans, d.seul))
    intervalles = []
    while True:
        a, suivante = _depassement(droites, premiere, total)
        egales = tuple(d.cle for d in droites if (d.sans, d.seul) == (premiere.sans, premiere.seul))
        intervalles.append(Intervalle(de, a, egales))
        if suivante is None:
            return tuple(intervalles)
        de, premiere = a, suivante


def _depassement(
    droites: Sequence[Droite], premiere: Droite, total: Fraction
) -> tuple[Fraction, Droite | None]:
    """Le prochain poids où une droite passe devant, et laquelle : au même poids, la plus pentue."""
    candidates = [
        (
            total
            * (premiere.sans - d.sans)
            / ((premiere.sans - d.sans) + (d.seul - premiere.seul)),
            -d.seul,
            d,
        )
        for d in droites
        if d.seul > premiere.seul
    ]
    if not candidates:
        return total, None
    poids, _, suivante = min(candidates, key=lambda c: c[:2])
    return poids, suivante
