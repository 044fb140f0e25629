"""Un besoin ordinaire d'une petite commune, et la proposition qu'on en tire à sa date."""

from datetime import date
from decimal import Decimal

from droit.en_vigueur import Droit
from droit.regime import Besoin, LotDuBesoin, Proposition, proposer

AUJOURD_HUI = date(2026, 11, 24)


def besoin(montant: int, **change) -> Besoin:
    base = {
        "prestation": "services",
        "montant_ht": Decimal(montant),
        "jour": AUJOURD_HUI,
        "duree_en_mois": 12,
    }
    return Besoin(**{**base, **change})


def propose(montant: int, *, retenue: str = "", **change) -> Proposition:
    pose = besoin(montant, **change)
    return proposer(pose, Droit.au(pose.jour), retenue=retenue)


def lots(*montants: int) -> tuple[LotDuBesoin, ...]:
    return tuple(
        LotDuBesoin(numero=rang, montant_ht=Decimal(valeur))
        for rang, valeur in enumerate(montants, start=1)
    )


def articles(pourquoi) -> list[str]:
    return [str(raison.motif.source) for raison in pourquoi if raison.motif.source]
