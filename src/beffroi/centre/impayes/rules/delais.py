"""Compter les jours d'un impayé :
ceux que l'exploitant a décidés, moins ceux d'une contestation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

UN_JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Delais:
    """De l'échéance au rappel, du rappel à la mise en demeure, de celle-ci à la décision."""

    avant_relance: int = 30
    apres_relance: int = 15
    en_demeure: int = 30


@dataclass(frozen=True)
class Arret:
    """Une contestation, du jour où elle arrive à celui de sa réponse, exclu.

    Sans réponse, elle court encore.
    """

    du: date
    fin: date | None
    motif: str = ""

    def couvre(self, jour: date) -> bool:
        return self.du <= jour and (self.fin is None or jour < self.fin)


def arret_en_cours(arrets: Iterable[Arret], le: date) -> Arret | None:
    return next((arret for arret in arrets if arret.couvre(le)), None)


def jour_atteint(depart: date, jours: int, arrets: Iterable[Arret] = ()) -> date | None:
    """Le jour où ce délai est passé en entier ;
    celui du départ ne compte pas, ni les jours d'un arrêt.

    Rien, tant qu'une contestation sans réponse le retient.
    """
    retenus, jour = tuple(arrets), depart
    for _ in range(jours):
        jour += UN_JOUR
        while arret := arret_en_cours(retenus, jour):
            if arret.fin is None:
                return None
            jour = arret.fin
    return jour


def lendemain(jour: date | None) -> date | None:
    """Le dernier jour d'un délai pour payer est à l'adhérent : on agit le lendemain."""
    return jour + UN_JOUR if jour else None
