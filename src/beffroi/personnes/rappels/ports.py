"""Ce qui attend une personne : seul le portail, qui voit tous les contextes, sait le dire."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class Attendu:
    """Un geste attendu.

    `cle` le nomme d'un jour à l'autre ; `echeance` manque quand aucun texte ni personne n'en fixe.
    """

    cle: str
    titre: str
    detail: str
    page: str
    quand: str
    echeance: datetime | None


@port("notifications.CeQuiAttend")
def ce_qui_attend(personne: Utilisateur, *, le: datetime) -> list[Attendu]:
    """Ce que cette personne a à faire, le plus pressé d'abord."""
