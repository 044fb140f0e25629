"""La grille d'un lot, telle que le règlement l'annonce :
des critères, leurs parts, et les cases qui se notent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from droit.achat import Critere

PRIX = "prix"


@dataclass(frozen=True)
class Case:
    """Ce qui se note : un critère, ou l'un de ses sous-critères.

    Le prix se calcule, il ne se note pas.
    """

    cle: str
    nom: str
    poids: Decimal | None
    critere: str
    automatique: bool = False


@dataclass(frozen=True)
class CritereDeLaGrille:
    """Un critère publié, gelé avec son poids ;
    sans poids, son rang seul compte (CCP, art. R. 2152-12).
    """

    cle: str
    nom: str
    sorte: str
    poids: Decimal | None
    sous: tuple[Case, ...] = ()
    methode: str = ""

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        if self.sous:
            return self.sous
        return (Case(self.cle, self.nom, self.poids, self.nom, automatique=self.sorte == PRIX),)


def lire(criteres: Iterable[Mapping[str, Any]]) -> tuple[CritereDeLaGrille, ...]:
    """Les critères d'une grille gardée."""
    return tuple(
        CritereDeLaGrille(
            cle=critere["cle"],
            nom=critere["nom"],
            sorte=critere["sorte"],
            poids=_poids(critere["poids"]),
            sous=tuple(
                Case(sous["cle"], sous["nom"], _poids(sous["poids"]), critere["nom"])
                for sous in critere["sous"]
            ),
            methode=critere.get("methode", ""),
        )
        for critere in criteres
    )


def ecrire(criteres: Iterable[Critere]) -> list[dict[str, Any]]:
    """Les critères de l'achat, prêts à être gelés : chacun reçoit la clé de sa place."""
    return [
        {
            "cle": str(rang),
            "nom": critere.nom,
            "sorte": critere.sorte,
            "poids": _texte(critere.poids),
            "methode": critere.methode,
            "sous": [
                {"cle": f"{rang}.{place}", "nom": sous.nom, "poids": _texte(sous.poids)}
                for place, sous in enumerate(critere.sous_criteres, start=1)
            ],
        }
        for rang, critere in enumerate(criteres, start=1)
    ]


def _poids(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)


def _texte(poids: Decimal | None) -> str | None:
    return None if poids is None else f"{poids:f}"


def en_clair(nombre: Decimal) -> str:
    """« 7,5 », sans zéro inutile."""
    texte = f"{nombre:f}"
    return (texte.rstrip("0").rstrip(".") if "." in texte else texte).replace(".", ",")
