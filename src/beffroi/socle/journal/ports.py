"""Ce que le journal demande à l'extérieur :
un horodatage qualifié (règlement eIDAS, art. 42), et des témoins (C2SP).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class JetonObtenu:
    """Un jeton vérifié : ses octets, qui l'a donné, l'heure qu'il dit."""

    jeton: bytes
    autorite: str
    horodate_le: datetime


class Horodateur(Protocol):
    """Un service d'horodatage.

    Il lève `ServiceIndisponible` quand aucun jeton valable n'a pu être obtenu.
    """

    def horodater(self, empreinte: bytes) -> JetonObtenu: ...


@port("journal.Horodateur")
def horodateur() -> Horodateur | None:
    """Le service qualifié que l'exploitant a choisi ; rien s'il n'en a pas."""


class AutreTaille(Exception):
    """Le témoin connaît le journal à une autre taille que celle qu'on lui donnait."""

    def __init__(self, taille: int) -> None:
        super().__init__(f"le témoin en est à {taille}")
        self.taille = taille


class Temoin(Protocol):
    """Un tiers qui signe les têtes du journal,
    chacune seulement si elle prolonge la précédente (C2SP tlog-witness).
    """

    @property
    def nom(self) -> str: ...

    def cosigner(self, note: str, *, depuis: int, preuve: Sequence[bytes]) -> str:
        """La ligne de signature du témoin sur cette tête ;
        `preuve` montre qu'elle prolonge celle de taille `depuis`.

        Lève `AutreTaille` quand le témoin a retenu une autre taille,
        `ServiceIndisponible` quand il refuse ou se tait.
        """
        ...


@port("journal.Temoins")
def temoins() -> Sequence[Temoin]:
    """Les témoins que l'exploitant a choisis ; d'office, aucun."""
