"""Ce que les candidatures attendent d'ailleurs :
ce qui s'appuie déjà sur elles, et les preuves officielles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from beffroi.achat.consultations.models import Consultation
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.ports import Service, port
from droit.decision import Decision


@port("candidatures.CeQuiSAppuie")
def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    """Les décisions de ce lot peuvent-elles changer ? Non, dès qu'une étape suivante s'y appuie."""


@dataclass(frozen=True)
class PreuveObtenue:
    """Ce qu'un service officiel rend :
    `sorte` est celle d'une `Preuve`, `source` le nom du service.
    """

    sorte: str
    nom: str
    contenu: bytes
    datee_du: date
    valable_jusqu_au: date | None
    source: str


class PreuvesOfficielles(Protocol):
    """Qui va chercher les preuves que l'acheteur peut obtenir lui-même (CCP, art. R. 2143-13 ;
    annexe 7, art. 1-I, 10°).
    """

    @property
    def est_branche(self) -> bool: ...

    def demander(self, siren: str, *, le: datetime) -> Sequence[PreuveObtenue]: ...


class ServiceOfficielMuet(ErreurMetier):
    """Le service ne répond pas, ou n'est pas branché : l'entreprise les fournit."""

    statut = 409


preuves_officielles = Service[PreuvesOfficielles]("candidatures.PreuvesOfficielles")
