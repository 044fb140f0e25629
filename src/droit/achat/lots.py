"""L'achat en lots, ou la raison de n'en pas faire."""

from dataclasses import dataclass
from decimal import Decimal

from droit.achat.criteres import Critere


@dataclass(frozen=True, kw_only=True)
class Lot:
    """Une part de l'achat à laquelle on peut répondre seule (CCP, art. L. 2113-10).

    Montant hors taxes.
    """

    numero: int
    intitule: str
    code_cpv: str = ""
    montant_estime: Decimal | None = None
    criteres: tuple[Critere, ...] = ()
    reserve_a: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Allotissement:
    """Les lots, et comment on les attribue (CCP, art. R. 2113-1).

    Sans lot, `motif_sans_lot` dit pourquoi (L. 2113-11).
    """

    lots: tuple[Lot, ...] = ()
    motif_sans_lot: str = ""
    maximum_de_lots_soumis: int | None = None
    maximum_de_lots_attribues: int | None = None
    regle_si_plus_de_lots_gagnes: str = ""

    @property
    def est_alloti(self) -> bool:
        return bool(self.lots)
