"""Ce que l'écriture du journal répète de chaque mesure, à la lettre : un juge n'a pas besoin de la base."""

from collections.abc import Sequence
from typing import Any

from beffroi.journal.chainage import instant
from beffroi.sonde.models import EcartDHorloge, Mesure


def des_mesures(mesures: Sequence[Mesure], ecarts: Sequence[EcartDHorloge]) -> dict[str, Any]:
    return {"mesures": [de_la_mesure(m) for m in mesures], "horloges": [de_l_ecart(e) for e in ecarts]}


def de_la_mesure(mesure: Mesure) -> dict[str, Any]:
    return {
        "le": instant(mesure.commencee_le),
        "reussie": mesure.reussie,
        "etape": mesure.etape,
        "statut_http": mesure.statut_http,
        "phrase": mesure.phrase,
        "durees": mesure.durees,
        "recepisse": mesure.recepisse,
        "origine": mesure.origine,
        "notee_le": instant(mesure.notee_le),
    }


def de_l_ecart(ecart: EcartDHorloge) -> dict[str, Any]:
    return {
        "le": instant(ecart.le),
        "source": ecart.source,
        "ecart_ms": ecart.ecart_ms,
        "marge_ms": ecart.marge_ms,
        "phrase": ecart.phrase,
        "origine": ecart.origine,
        "notee_le": instant(ecart.notee_le),
    }
