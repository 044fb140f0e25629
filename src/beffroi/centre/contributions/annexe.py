"""L'annexe 1 que les conventions impriment : la grille même qui calcule, à sa date."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from beffroi.centre.contributions import calcul, queries
from beffroi.centre.conventions.documents.faits import LigneDeGrille
from beffroi.centre.tarif.rules.grille import Tarif, TrancheTarifaire
from formats.sommes import en_euros

RIEN = Decimal(0)


def annexe_au(jour: date) -> tuple[LigneDeGrille, ...]:
    """Les tranches de la grille de ce jour ; vide si aucune n'a encore pris effet."""
    grille = queries.grille_au(jour)
    return lignes(calcul.tarif(grille)) if grille else ()


def lignes(tarif: Tarif) -> tuple[LigneDeGrille, ...]:
    """Une ligne par suite de volumes où chaque catégorie paie un seul prix."""
    debuts = sorted({tranche.de for tranche in (*tarif.au_dela, *tarif.jusqu_au_seuil)})
    suites = zip(debuts, [*debuts[1:], None], strict=True)
    return tuple(
        LigneDeGrille(
            f"Tranche {rang}",
            volumes(de, suivante),
            prix(tarif.jusqu_au_seuil, de),
            prix(tarif.au_dela, de),
        )
        for rang, (de, suivante) in enumerate(suites, start=1)
    )


def volumes(de: int, suivante: int | None) -> str:
    """« Moins de 50 », « De 50 à 150 », « Plus de 350 »."""
    if suivante is None:
        return f"Plus de {de - 1}" if de else "Tous"
    return f"De {de} à {suivante - 1}" if de else f"Moins de {suivante}"


def prix(tranches: Iterable[TrancheTarifaire], volume: int) -> str:
    montant = next(tranche.montant for tranche in tranches if tranche.contient(volume))
    return en_euros(montant) if montant > RIEN else "Gratuit"
