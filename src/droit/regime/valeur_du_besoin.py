"""La valeur estimée du besoin :
ce que l'on additionne avant de regarder un seuil (CCP, art. R. 2121-1 à R. 2121-8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from droit.citation import Article
from droit.regime.besoin import ZERO, Besoin
from droit.regime.raison import Raison, selon_le_texte
from droit.tables import ConfianceDansLaSource

TOTAL = Article("CCP", "R. 2121-1")
MOMENT = Article("CCP", "R. 2121-3")
SCISSION = Article("CCP", "R. 2121-4")
OPERATION = Article("CCP", "R. 2121-5")
HOMOGENES = Article("CCP", "R. 2121-6")
REGULIER = Article("CCP", "R. 2121-7")
ACCORD_CADRE = Article("CCP", "R. 2121-8")
CONCESSION = Article("CCP", "R. 3121-1")


@dataclass(frozen=True, kw_only=True)
class ValeurDuBesoin:
    """Le montant à comparer aux seuils, et comment il s'est formé.

    `sans_plafond` : un accord-cadre sans maximum.
    """

    montant: Decimal
    pourquoi: tuple[Raison, ...]
    sans_plafond: bool = False

    def atteint(self, seuil: int) -> bool:
        """« À partir de » : le seuil lui-même est déjà au-dessus."""
        return self.sans_plafond or self.montant >= seuil


def valeur_du_besoin(besoin: Besoin) -> ValeurDuBesoin:
    """Le total hors taxes, lots et achats semblables compris (CCP,
    art. R. 2121-1, R. 2121-5 et R. 2121-6).
    """
    des_lots = sum((lot.montant_ht for lot in besoin.lots), ZERO)
    semblables = ZERO if besoin.est_une_concession else besoin.achats_semblables_ht
    return ValeurDuBesoin(
        montant=max(besoin.montant_ht, des_lots) + semblables,
        pourquoi=tuple(_pourquoi(besoin, des_lots=des_lots)),
        sans_plafond=besoin.accord_cadre_sans_maximum,
    )


def _pourquoi(besoin: Besoin, *, des_lots: Decimal) -> Iterator[Raison]:
    if besoin.est_une_concession:
        yield selon_le_texte(
            "La valeur d'une concession est le chiffre d'affaires total, sur toute sa durée.",
            CONCESSION,
            confiance=ConfianceDansLaSource.SAVOIR,
        )
        return
    yield selon_le_texte(
        "On compte toute la durée : options, reconductions, primes et lots compris.", TOTAL
    )
    if des_lots > besoin.montant_ht:
        yield selon_le_texte(
            "Les lots valent ensemble plus que le montant annoncé : on retient leur somme.", TOTAL
        )
    if besoin.accord_cadre_sans_maximum:
        yield selon_le_texte(
            "Sans maximum, un accord-cadre est réputé dépasser les seuils de procédure formalisée.",
            ACCORD_CADRE,
        )
    elif besoin.accord_cadre:
        yield selon_le_texte(
            "Pour un accord-cadre, on compte le maximum de toutes les commandes.", ACCORD_CADRE
        )
    if besoin.achats_semblables_ht:
        yield _semblables(besoin)
    if not besoin.en_travaux:
        yield selon_le_texte("Un besoin qui revient s'estime sur douze mois.", REGULIER)
    yield selon_le_texte("On ne coupe pas un achat pour passer sous un seuil.", SCISSION)
    yield selon_le_texte(
        "La valeur se mesure le jour où l'avis part, ou le jour du lancement.", MOMENT
    )


def _semblables(besoin: Besoin) -> Raison:
    if besoin.en_travaux:
        return selon_le_texte(
            "Les autres marchés de la même opération de travaux s'ajoutent.", OPERATION
        )
    return selon_le_texte(
        "Les achats semblables de l'année s'ajoutent : ils répondent au même besoin.", HOMOGENES
    )
