"""Une année incomplète (convention, art. 4) : la part d'une année, au centime, la moitié vers le haut."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from beffroi.tarif.rules.parametres import D_OFFICE, Parametres

CENTIME = Decimal("0.01")
MOIS_D_UNE_ANNEE = 12


@dataclass(frozen=True)
class Periode:
    """Des jours d'un même exercice, bornes comprises. Lève `ValueError` si elle est vide ou déborde."""

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


def prorata_temporis(annuel: Decimal, periode: Periode, parametres: Parametres = D_OFFICE) -> Decimal:
    """Ce que vaut cette période d'un montant annuel."""
    if parametres.prorata == "mois_entame":
        exact = annuel * periode.mois_commences / MOIS_D_UNE_ANNEE
    else:
        exact = annuel * periode.jours / periode.jours_de_l_annee
    return exact.quantize(CENTIME, rounding=ROUND_HALF_UP)


def annee_entiere(exercice: int) -> Periode:
    return Periode(date(exercice, 1, 1), date(exercice, 12, 31))


def couverte(exercice: int, *, effet: date | None = None, fin: date | None = None) -> Periode | None:
    """Les jours de l'exercice que la convention couvre, de son effet à son dernier jour ; rien si elle n'en couvre aucun."""
    annee = annee_entiere(exercice)
    du = max(annee.du, effet or annee.du)
    au = min(annee.au, fin or annee.au)
    return Periode(du, au) if du <= au else None
