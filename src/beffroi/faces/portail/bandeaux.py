"""Ce qui se rappelle à un agent sur chaque page : chaque contexte dit le sien, le pire d'abord."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.bandeaux import Bandeau, Bandeaux
from beffroi.socle.fondations.rangs import Rangee

TONS = ("danger", "attention", "info")


@cache
def declares() -> list[Rangee[Bandeaux]]:
    return prises.rangees(lambda un: un.bandeaux)


def de(habilitations: Sequence[Habilitation], *, le: datetime) -> list[Bandeau]:
    """Rien à lire pour qui n'est l'agent de personne."""
    if not habilitations:
        return []
    dits = [un for rangee in declares() for un in rangee.fonction(habilitations, le=le)]
    return sorted(dits, key=lambda un: TONS.index(un.ton))
