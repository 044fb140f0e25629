"""Une année incomplète (convention, art. 4) :
la part d'une année, au centime, la moitié vers le haut.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres

CENTIME = Decimal("0.01")
MOIS_D_UNE_ANNEE = 12
UN_JOUR = timedelta(days=1)
ENTIER = Fraction(1)


@dataclass(frozen=True)
class Periode:
    """Des jours d'un même exercice, bornes comprises.

    Lève `ValueError` si elle est vide ou déborde.
    """

    du: date
    au: date

    def __post_init__(self) -> None:
        if not self.du <= self.au or self.du.year != self.au.year:
            raise ValueError(f"du {self.du} au {self.au} n'est pas une part d'exercice")

    @property
    def jours(self) -> int:
        return (self.au - self.du).days + 1

    @property
    def jours_de_l_annee(self) -> int:
        return 366 if isleap(self.du.year) else 365

    @property
    def mois_commences(self) -> int:
        """Un mois commencé compte entier, à l'entrée comme à la sortie."""
        return self.au.month - self.du.month + 1

    @property
    def est_l_annee(self) -> bool:
        return self.jours == self.jours_de_l_annee


def prorata_temporis(
    annuel: Decimal, periode: Periode, parametres: Parametres = D_OFFICE, *, part: Fraction = ENTIER
) -> Decimal:
    """Ce que vaut cette période d'un montant annuel, ou d'une part de lui :
    un seul arrondi, le dernier.
    """
    if parametres.prorata == "mois_entame":
        duree = Fraction(periode.mois_commences, MOIS_D_UNE_ANNEE)
    else:
        duree = Fraction(periode.jours, periode.jours_de_l_annee)
    exact = Fraction(annuel) * part * duree
    return (Decimal(exact.numerator) / exact.denominator).quantize(CENTIME, rounding=ROUND_HALF_UP)


def sans(periode: Periode | None, interruptions: Iterable[Periode]) -> tuple[Periode, ...]:
    """Ce qui reste de cette période, hors ces jours-là."""
    restent = [periode] if periode else []
    for trou in interruptions:
        restent = [reste for entiere in restent for reste in _hors(entiere, trou)]
    return tuple(restent)


def _hors(entiere: Periode, trou: Periode) -> Iterable[Periode]:
    if trou.au < entiere.du or entiere.au < trou.du:
        return (entiere,)
    avant = (Periode(entiere.du, trou.du - UN_JOUR),) if entiere.du < trou.du else ()
    return (*avant, *((Periode(trou.au + UN_JOUR, entiere.au),) if trou.au < entiere.au else ()))


def mois_entiers(trou: Periode) -> Periode | None:
    """Les mois dont pas un jour n'est couvert :
    les seuls qu'une interruption retire quand un mois commencé est dû.
    """
    du = (
        trou.du
        if trou.du.day == 1
        else (trou.du.replace(day=1) + timedelta(days=32)).replace(day=1)
    )
    fin_de_mois = (trou.au + UN_JOUR).day == 1
    au = trou.au if fin_de_mois else trou.au.replace(day=1) - UN_JOUR
    return Periode(du, au) if du <= au else None


def annee_entiere(exercice: int) -> Periode:
    return Periode(date(exercice, 1, 1), date(exercice, 12, 31))


def couverte(
    exercice: int, *, effet: date | None = None, fin: date | None = None
) -> Periode | None:
    """Les jours de l'exercice que la convention couvre, de son effet à son dernier jour ;
    rien si elle n'en couvre aucun.
    """
    annee = annee_entiere(exercice)
    du = max(annee.du, effet or annee.du)
    au = min(annee.au, fin or annee.au)
    return Periode(du, au) if du <= au else None
