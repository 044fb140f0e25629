"""Les lots : leurs noms sont à la consultation,
leurs montants et ce qu'ils ont de particulier sont à la réponse.
"""

from collections.abc import Sequence
from dataclasses import replace

from droit.achat import Allotissement, Lot


def allotissement_a_jour(lots: Sequence[Lot], repondu: Allotissement | None) -> Allotissement:
    """La réponse, avec les lots de la consultation et leurs noms (CCP, art. R. 2113-1)."""
    dits = {lot.numero: lot for lot in repondu.lots} if repondu else {}
    renommes = (
        replace(dits.get(lot.numero, lot), intitule=lot.intitule, code_cpv=lot.code_cpv)
        for lot in lots
    )
    return replace(repondu or Allotissement(), lots=tuple(renommes))


def avec_ce_lot(allotissement: Allotissement, lot: Lot) -> Allotissement:
    """Le même allotissement, ce lot remplacé."""
    return replace(
        allotissement,
        lots=tuple(lot if autre.numero == lot.numero else autre for autre in allotissement.lots),
    )
