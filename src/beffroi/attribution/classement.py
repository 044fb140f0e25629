"""Ce que l'analyse dit d'une offre, quand il y en a une ; sans elle, l'acheteur dit lui-même le montant et le motif."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from beffroi.consultations.models import Consultation
from beffroi.depots.models import Pli


@dataclass(frozen=True)
class Place:
    """La place d'une offre : `rang` vide quand elle est éliminée. `notes` : « critère, note, sur combien »."""

    pli: Pli
    variante: int
    rang: int | None
    note: Decimal | None
    montant: Decimal | None
    elimination: str = ""
    motif: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)


def classement_de(consultation: Consultation, lot: int | None) -> Sequence[Place]:
    """Les offres du lot, de la première à la dernière, puis les éliminées ; vide sans analyse."""
    return ()


def place_de(consultation: Consultation, lot: int | None, *, pli: Pli, variante: int = 0) -> Place | None:
    places = classement_de(consultation, lot)
    return next((place for place in places if place.pli.pk == pli.pk and place.variante == variante), None)


def rang_attendu(consultation: Consultation, lot: int | None, *, ecartes: Collection[int] = ()) -> int:
    """Le rang de la mieux classée parmi celles qui restent ; deux premières ex æquo portent le même."""
    rangs = [
        place.rang
        for place in classement_de(consultation, lot)
        if place.rang is not None and place.pli.pk not in ecartes
    ]
    return min(rangs, default=1)
