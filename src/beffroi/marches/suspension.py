"""Quand un contrat peut se signer : ce que l'attribution en dit ; sans consultation ici, rien n'attend (R. 2182-1)."""

from datetime import date, datetime

from beffroi.marches.models import Marche
from droit.decision import Decision


def peut_signer(marche: Marche, *, le: datetime) -> Decision:
    return Decision.accord()


def premier_jour(marche: Marche, *, le: datetime) -> date | None:
    """Le premier jour où l'acheteur peut signer, si un délai court."""
    return None
