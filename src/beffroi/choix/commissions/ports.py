"""Ce que la commission lit de l'analyse : les offres d'un lot, et le rapport.

Les deux contextes ne se voient pas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.ports import Service


@dataclass(frozen=True)
class OffreALire:
    """Une offre ouverte. `rang` vide : l'analyse ne l'a pas classée ; `elimination` :
    elle ne peut pas être choisie.

    `code` : la lettre d'un projet que le jury examine sans savoir de qui il est.
    Rien d'autre de l'offre ne se montre.
    """

    pli: Pli
    variante: int = 0
    rang: int | None = None
    montant: Decimal | None = None
    elimination: str = ""
    code: str = ""

    @property
    def cle(self) -> str:
        return f"{self.code or self.pli.reference}:{self.variante}"

    @property
    def nom(self) -> str:
        variante = f", variante {self.variante}" if self.variante else ""
        return f"Projet {self.code}{variante}" if self.code else f"{self.pli.equipe.nom}{variante}"


class AnalyseDuLot(Protocol):
    """Qui a analysé les offres du lot. Avant l'ouverture, ou sans analyse, elle n'a rien à dire."""

    def offres(self, consultation: Consultation, lot: int | None) -> Sequence[OffreALire]: ...

    def a_son_rapport(self, consultation: Consultation, lot: int | None) -> bool:
        """Son rapport est validé, et vaut encore."""
        ...

    def rapport(self, consultation: Consultation, lot: int | None) -> bytes | None:
        """Le rapport validé, en PDF ; rien tant qu'il ne l'est pas."""
        ...


analyse_du_lot = Service[AnalyseDuLot]("commissions.AnalyseDuLot")
