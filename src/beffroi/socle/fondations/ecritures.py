"""Ce que les écritures d'une base SQLite ont attendu et tenu, minute par minute.

SQLite n'écrit qu'une chose à la fois : la part d'une minute où l'écriture est prise, et la plus
longue attente, disent quand cette base ne suffit plus. Deux nombres par transaction.
"""

import logging
import math
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.socle.fondations.minutes import UNE_MINUTE, Minutes, derniere_finie

logger = logging.getLogger(__name__)
# L'attente, puis la tenue, en secondes.
FAIT = struct.Struct("<ff")
MINUTES = Minutes("ecritures", FAIT.size)
GARDE = timedelta(hours=2)


@dataclass(frozen=True)
class MinuteDEcritures:
    """Une minute : les secondes où l'écriture était prise, et la plus longue attente."""

    minute: datetime
    tenue_s: float
    attente_s: float

    @property
    def part_pour_cent(self) -> int:
        """Arrondie vers le haut ; une transaction commencée avant la minute compte à sa fin."""
        return min(100, math.ceil(100 * self.tenue_s / UNE_MINUTE.total_seconds()))


def noter(*, attente_s: float, tenue_s: float, le: datetime) -> None:
    """Ajoute une transaction au compte. Ne lève jamais : l'acte qu'elle portait est fait."""
    try:
        MINUTES.ajouter(FAIT.pack(attente_s, tenue_s), le=le)
    except OSError:
        logger.exception("a write could not be counted")


def depuis(debut: datetime, le: datetime) -> list[MinuteDEcritures]:
    """Les minutes finies de [debut, le] où ce nœud a écrit."""
    lues = MINUTES.lire(jusqu_a=derniere_finie(le))
    return [_compter(minute, octets) for minute, octets in lues.items() if minute >= debut]


def oublier_les_vieilles(le: datetime) -> None:
    """Ronde : ce que la supervision ne lit plus."""
    MINUTES.effacer(jusqu_a=derniere_finie(le - GARDE))


def _compter(minute: datetime, octets: bytes) -> MinuteDEcritures:
    attentes, tenues = zip(*FAIT.iter_unpack(octets), strict=True)
    return MinuteDEcritures(minute, tenue_s=sum(tenues), attente_s=max(attentes))
