"""Les petits lots : une procédure plus légère pour un cinquième de la valeur au plus (CCP,
R. 2123-1, 2°, et R. 2122-8).
"""

from collections.abc import Iterable
from decimal import Decimal

from droit.en_vigueur import Droit, Valeur
from droit.phrases import en_clair
from droit.regime import seuils
from droit.regime.besoin import ZERO, Besoin, LotDuBesoin
from droit.regime.proposition import Choix
from droit.regime.raison import selon, selon_le_texte
from droit.regime.valeur_du_besoin import ValeurDuBesoin

_CENT = Decimal(100)


def petits_lots_en_procedure_adaptee(
    besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin
) -> Choix | None:
    """Quand l'ensemble est formalisé, les lots qui peuvent rester en procédure adaptée."""
    if (
        besoin.est_une_concession
        or not besoin.lots
        or not seuils.est_formalise(besoin, droit, valeur)
    ):
        return None
    nature = "travaux" if besoin.en_travaux else "fournitures_services"
    seuil = droit.valeur(f"seuil.petits_lots.{nature}")
    return _choix(
        besoin,
        droit,
        seuil=seuil,
        cle="petits_lots",
        question="Quels lots peuvent passer en procédure adaptée ?",
    )


def lots_sans_publicite(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix | None:
    """Quand l'ensemble dépasse la dispense, les lots qui peuvent se passer de publicité."""
    seuil = seuils.seuil_de_dispense(besoin, droit)
    if besoin.est_une_concession or not besoin.lots or not isinstance(seuil, Valeur):
        return None
    if seuils.est_dispense(besoin, droit, valeur):
        return None
    return _choix(
        besoin,
        droit,
        seuil=seuil,
        cle="lots_sans_publicite",
        question="Quels lots peuvent se passer de publicité ?",
    )


def _choix(besoin: Besoin, droit: Droit, *, seuil: Valeur, cle: str, question: str) -> Choix | None:
    part = droit.valeur("seuil.petits_lots.part_maximale")
    retenus = plus_grand_nombre(besoin.lots, seuil=seuil.entier, part=part.entier)
    if not retenus:
        return None
    ensemble = sum((lot.montant_ht for lot in retenus), ZERO)
    return Choix(
        cle=cle,
        question=question,
        valeurs=tuple(str(lot.numero) for lot in retenus),
        libelle=_phrase(retenus),
        pourquoi=(
            selon(seuil, f"Chacun vaut moins de {en_clair(seuil.valeur, seuil.unite)}."),
            selon(
                part,
                (
                    f"Ensemble, ils ne dépassent pas {part.entier} % de tous les lots "
                    f"({ensemble:.0f} € HT)."
                ),
            ),
            selon_le_texte(
                "C'est une faculté : vous pouvez garder la même procédure pour tous.", seuil.article
            ),
        ),
    )


def plus_grand_nombre(
    lots: Iterable[LotDuBesoin], *, seuil: int, part: int
) -> tuple[LotDuBesoin, ...]:
    """Autant de lots que la règle en permet :
    des plus petits aux plus grands, tant que la part tient.
    """
    tous = tuple(lots)
    plafond = sum((lot.montant_ht for lot in tous), ZERO) * part / _CENT
    retenus: list[LotDuBesoin] = []
    cumul = ZERO
    for lot in sorted(tous, key=lambda lot: (lot.montant_ht, lot.numero)):
        if lot.montant_ht >= seuil or cumul + lot.montant_ht > plafond:
            break
        cumul += lot.montant_ht
        retenus.append(lot)
    return tuple(sorted(retenus, key=lambda lot: lot.numero))


def _phrase(lots: tuple[LotDuBesoin, ...]) -> str:
    *debut, fin = (str(lot.numero) for lot in lots)
    return f"Les lots {', '.join(debut)} et {fin}" if debut else f"Le lot {fin}"
