"""Quand un contrat peut se signer : ce que l'attribution en dit ; sans consultation ici, rien n'attend (R. 2182-1)."""

from datetime import date, datetime

from beffroi.attribution import queries as attributions
from beffroi.marches.models import Marche
from droit.decision import Decision


def peut_signer(marche: Marche, *, le: datetime) -> Decision:
    """Refuse tant que court la suspension, ou qu'une lettre manque."""
    if marche.consultation is None:
        return Decision.accord()
    return attributions.peut_signer(marche.consultation, numero_du_lot(marche), le=le)


def premier_jour(marche: Marche, *, le: datetime) -> date | None:
    """Le premier jour où l'acheteur peut signer, si un délai court."""
    if marche.consultation is None:
        return None
    return attributions.attribution_de(marche.consultation, numero_du_lot(marche), le=le).signable_le


def numero_du_lot(marche: Marche) -> int | None:
    return marche.lot.numero if marche.lot else None
