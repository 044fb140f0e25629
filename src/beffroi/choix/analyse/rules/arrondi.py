"""Comment un nombre exact devient celui qu'on publie :
la règle se dit, elle s'applique une fois.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_CHIFFRES = 50


@dataclass(frozen=True)
class Arrondi:
    """Le nombre de décimales gardées, au plus proche ; la moitié monte."""

    decimales: int = 2

    @property
    def phrase(self) -> str:
        if not self.decimales:
            return "Arrondi à l'unité la plus proche : 0,5 devient 1."
        pluriel, zeros = "s" if self.decimales > 1 else "", "0" * (self.decimales - 1)
        exemple = f"0,{zeros}05 devient 0,{zeros}1"
        return f"Arrondi au plus proche, à {self.decimales} décimale{pluriel} : {exemple}."

    def appliquer(self, exact: Fraction | Decimal) -> Decimal:
        """Un nombre exact, arrondi une seule fois :
        d'abord un entier d'unités, jamais un quotient approché.
        """
        unites = Fraction(exact) * 10**self.decimales
        entier, reste = divmod(abs(unites), 1)
        entier += 1 if reste >= Fraction(1, 2) else 0
        signe = -1 if unites < 0 else 1
        with localcontext() as contexte:
            contexte.prec, contexte.rounding = _CHIFFRES, ROUND_HALF_UP
            return Decimal(signe * int(entier)).scaleb(-self.decimales)


AU_CENTIEME = Arrondi(2)
