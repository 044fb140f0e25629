"""Ce que l'écriture du journal répète de chaque mesure, à la lettre :
un juge n'a pas besoin de la base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.service.sonde.models import EcartDHorloge, Mesure, MesureExterieure, MinuteDuServeur
from beffroi.socle.journal.chainage import instant


@dataclass(frozen=True)
class Lot:
    """Ce qu'une écriture retient ensemble."""

    mesures: Sequence[Mesure]
    ecarts: Sequence[EcartDHorloge]
    minutes: Sequence[MinuteDuServeur]
    exterieures: Sequence[MesureExterieure]

    @classmethod
    def sous(cls, ecriture: int | None) -> "Lot":
        """Les lignes de cette écriture ; celles qui attendent encore, sans numéro."""
        return cls(*(tuple(table.objects.filter(ecriture=ecriture)) for table in FIGEES))

    def __bool__(self) -> bool:
        return bool(self.mesures or self.ecarts or self.minutes or self.exterieures)

    @property
    def en_donnees(self) -> dict[str, Any]:
        """Une liste vide ne s'écrit que là où elle s'est toujours écrite :
        les écritures d'avant se relisent telles quelles.
        """
        dites: dict[str, Any] = {
            "mesures": [de_la_mesure(mesure) for mesure in self.mesures],
            "horloges": [de_l_ecart(ecart) for ecart in self.ecarts],
        }
        if self.minutes:
            dites["minutes"] = [de_la_minute(minute) for minute in self.minutes]
        if self.exterieures:
            dites["exterieures"] = [de_l_exterieure(mesure) for mesure in self.exterieures]
        return dites


FIGEES: tuple[Any, ...] = (Mesure, EcartDHorloge, MinuteDuServeur, MesureExterieure)


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


def de_la_minute(minute: MinuteDuServeur) -> dict[str, Any]:
    """Des parts arrondies, jamais un nombre de réponses ni d'octets :
    une preuve ne dit pas qu'il en arrive (ADR 0042).
    """
    return {
        "minute": instant(minute.minute),
        "erreurs_pour_cent": minute.erreurs_pour_cent,
        "occupation_pour_cent": minute.occupation_pour_cent,
        "place_pour_cent": minute.place_pour_cent,
        "origine": minute.origine,
        "notee_le": instant(minute.notee_le),
    }


def de_l_exterieure(mesure: MesureExterieure) -> dict[str, Any]:
    return {
        "source": mesure.source,
        "le": instant(mesure.le),
        "reussie": mesure.reussie,
        "duree_ms": mesure.duree_ms,
        "statut_http": mesure.statut_http,
        "phrase": mesure.phrase,
        "notee_le": instant(mesure.notee_le),
    }
