"""Les poids des critères : leur somme se dit à côté d'eux, et se dit fausse dès la saisie (CCP, art. R. 2152-12)."""

from decimal import Decimal, InvalidOperation
from typing import Any

from beffroi.preparation.forms.champs import FormulaireAvecLignes

CENT = Decimal(100)


class FormulaireAvecPoids(FormulaireAvecLignes):
    """Des lignes qui ont un poids. Une somme fausse est gardée, comme toute saisie, et dite aussitôt."""

    @property
    def total(self) -> str:
        """La somme des poids, telle qu'on l'écrit ; vide quand une ligne ne se lit pas ou qu'aucune n'est remplie."""
        somme = sum(self._poids, Decimal(0))
        return f"{somme.normalize():f}".replace(".", ",") if somme else ""

    @property
    def avertissement(self) -> str:
        """Ce qui ne va pas dans la somme ; vide quand elle fait cent, ou qu'il n'y a rien à sommer."""
        poids = self._poids
        return f"Le total fait {self.total}, il en faut 100." if poids and sum(poids) != CENT else ""

    @property
    def _poids(self) -> list[Decimal]:
        if self.is_bound:
            return [] if self._lignes_fautives else [ligne["poids"] for ligne in self.remplies]
        return [poids for ligne in self.lignes if (poids := _lu(ligne.initial.get("poids")))]


def _lu(poids: Any) -> Decimal | None:
    try:
        return Decimal(str(poids).replace(",", ".")) if poids else None
    except InvalidOperation:
        return None
