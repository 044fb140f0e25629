"""Ce qui attend une personne : seul le portail, qui voit tous les contextes, sait le dire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.comptes.models import Utilisateur
from beffroi.socle.ports import branche


@dataclass(frozen=True)
class Attendu:
    """Un geste attendu. `cle` le nomme d'un jour à l'autre ; `echeance` manque quand aucun texte ni personne n'en fixe."""

    cle: str
    titre: str
    detail: str
    page: str
    quand: str
    echeance: datetime | None


class CeQuiAttend(Protocol):
    """Qui sait dire ce qu'une personne a à faire, le plus pressé d'abord."""

    def __call__(self, personne: Utilisateur, *, le: datetime) -> list[Attendu]: ...


def ce_qui_attend(personne: Utilisateur, *, le: datetime) -> list[Attendu]:
    port: CeQuiAttend = branche("notifications.CeQuiAttend")
    return port(personne, le=le)
