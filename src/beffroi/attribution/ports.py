"""Ce que l'attribution attend d'un contexte plus haut : si le contrat d'un lot est déjà conclu, s'il est notifié."""

from datetime import date
from typing import Protocol

from beffroi.consultations.models import Consultation
from beffroi.depots.models import Pli
from beffroi.socle.ports import branche


class ContratsConclus(Protocol):
    """Le numéro du contrat signé de ce lot, ou rien."""

    def __call__(self, consultation: Consultation, lot: int | None) -> str: ...


def contrat_conclu(consultation: Consultation, lot: int | None) -> str:
    """Signé, un contrat lie l'acheteur : une autre décision ne le défait pas."""
    dire: ContratsConclus = branche("attribution.ContratsConclus")
    return dire(consultation, lot)


class ContratsNotifies(Protocol):
    """Le jour où le titulaire a reçu la notification du contrat né de cette réponse, ou rien."""

    def __call__(self, pli: Pli, lot: int | None) -> date | None: ...


def contrat_notifie_le(pli: Pli, lot: int | None) -> date | None:
    dire: ContratsNotifies = branche("attribution.ContratsNotifies")
    return dire(pli, lot)
