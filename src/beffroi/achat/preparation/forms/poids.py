"""Les poids : leur somme se dit à côté d'eux,
et se dit fausse dès la saisie (CCP, art. R. 2152-12).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from beffroi.socle.guichet.champs.lignes import FormulaireAvecLignes

CENT = Decimal(100)


class FormulaireAvecPoids(FormulaireAvecLignes):
    """Des lignes qui ont un poids.

    Une somme fausse est gardée, comme toute saisie, et dite aussitôt.
    """

    @property
    def total(self) -> str:
        """La somme des poids, telle qu'on l'écrit ;
        vide quand une ligne ne se lit pas ou qu'aucune n'est remplie.
        """
        somme = sum(self._poids, Decimal(0))
        return ecrit(somme) if somme else ""

    @property
    def avertissement_du_total(self) -> str:
        """Ce qui ne va pas dans la somme ;
        vide quand elle fait cent, ou qu'il n'y a rien à sommer.
        """
        poids = self._poids
        return (
            f"Le total fait {self.total}, il en faut 100." if poids and sum(poids) != CENT else ""
        )

    @property
    def avertissement(self) -> str:
        """Tout ce qui ne va pas dans les sommes :
        celle des critères, puis celles de leurs sous-critères.
        """
        return " ".join(filter(None, (self.avertissement_du_total, *self._ecarts_des_lignes())))

    def _ecarts_des_lignes(self) -> Iterator[str]:
        lignes: Iterable[Any] = self.lignes
        for ligne in lignes:
            if ligne.avertissement:
                yield (
                    f"« {ligne['nom'].value()} » : "
                    f"{ligne.avertissement[0].lower()}{ligne.avertissement[1:]}"
                )

    @property
    def _poids(self) -> list[Decimal]:
        if self.is_bound:
            return [] if self._lignes_fautives else [ligne["poids"] for ligne in self.remplies]
        return [poids for ligne in self.lignes if (poids := lu(ligne.initial.get("poids")))]


def ecart_des_sous_criteres(poids: Decimal | None, sous: list[Decimal]) -> str:
    """Les sous-critères se partagent le poids du critère ;
    vide quand leur somme le fait, ou qu'il n'y en a pas.
    """
    somme = sum(sous, Decimal(0))
    if not sous or poids is None or somme == poids:
        return ""
    return f"Les sous-critères font {ecrit(somme)}, il en faut {ecrit(poids)}, le poids du critère."


def ecrit(nombre: Decimal) -> str:
    return f"{nombre.normalize():f}".replace(".", ",")


def lu(poids: Any) -> Decimal | None:
    try:
        return Decimal(str(poids).replace(",", ".")) if poids else None
    except InvalidOperation:
        return None
