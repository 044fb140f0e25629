"""Ce que les données essentielles demandent à l'extérieur :
porter leur fichier au portail national.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.socle.fondations.ports import port


@dataclass(frozen=True, kw_only=True)
class FichierAPorter:
    """Un fichier prêt. `cle` ne change pas d'un essai à l'autre : le portail n'en garde qu'un."""

    cle: str
    nom: str
    octets: bytes


@dataclass(frozen=True, kw_only=True)
class AccuseDuPortail:
    """Le portail l'a pris : quand, sous quel numéro."""

    recu_le: datetime
    numero: str


class PortailNational(Protocol):
    """Qui porte le fichier.

    Lève `ServiceIndisponible` s'il faut recommencer, `permanent=True` si c'est un refus.
    """

    def deposer(self, fichier: FichierAPorter, *, maintenant: datetime) -> AccuseDuPortail: ...


@port("donnees_essentielles.PortailNational")
def portail() -> PortailNational | None:
    """Le portail que l'exploitant a réglé ; d'office, aucun :
    il moissonne de lui-même nos adresses.
    """
