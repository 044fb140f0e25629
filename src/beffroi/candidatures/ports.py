"""Ce que les candidatures attendent d'ailleurs : ce qui s'appuie déjà sur elles, et les preuves officielles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from beffroi.consultations.models import Consultation
from beffroi.socle.erreurs import ErreurMetier
from beffroi.socle.ports import branche
from droit.decision import Decision


class CeQuiSAppuie(Protocol):
    """Qui sait si une étape suivante s'appuie déjà sur les décisions de ce lot : elles ne changent plus."""

    def __call__(self, consultation: Consultation, lot: int | None) -> Decision: ...


def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    dire: CeQuiSAppuie = branche("candidatures.CeQuiSAppuie")
    return dire(consultation, lot)


@dataclass(frozen=True)
class PreuveObtenue:
    """Ce qu'un service officiel rend : `sorte` est celle d'une `Preuve`, `source` le nom du service."""

    sorte: str
    nom: str
    contenu: bytes
    datee_du: date
    valable_jusqu_au: date | None
    source: str


class PreuvesOfficielles(Protocol):
    """Qui va chercher les preuves que l'acheteur peut obtenir lui-même (CCP, art. R. 2143-13 ; annexe 7, art. 1-I, 10°)."""

    @property
    def est_branche(self) -> bool: ...

    def demander(self, siren: str, *, le: datetime) -> Sequence[PreuveObtenue]: ...


class ServiceOfficielMuet(ErreurMetier):
    """Le service ne répond pas, ou n'est pas branché : l'entreprise les fournit."""

    statut = 409


def preuves_officielles() -> PreuvesOfficielles:
    service: PreuvesOfficielles = branche("candidatures.PreuvesOfficielles")
    return service
