"""Ce que les écrans de l'entreprise montrent d'ailleurs : ses courriers, les issues de ses réponses, ce qu'elle a à signer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from beffroi.comptes.models import Utilisateur
from beffroi.depots.models import Pli
from beffroi.socle.ports import branche


class LettreRecue(Protocol):
    """La lettre qui dit l'issue d'une réponse."""

    consultation_id: int
    etablissement_id: int
    reference: str


class LettresRecues(Protocol):
    """Celles qu'une personne peut lire, la dernière d'abord."""

    def __call__(self, personne: Utilisateur) -> Iterable[LettreRecue]: ...


class CourriersNonLus(Protocol):
    """Ceux qu'aucune personne de l'entreprise n'a encore lus, tels que la page les montre."""

    def __call__(self, personne: Utilisateur) -> Iterable[Any]: ...


class ActesASigner(Protocol):
    """Les contrats, ou les actes d'engagement, nés de cette réponse et qui peuvent se signer, tels que la page les montre."""

    def __call__(self, pli: Pli, *, le: datetime) -> Iterable[Any]: ...


def lettres_recues(personne: Utilisateur) -> list[LettreRecue]:
    lire: LettresRecues = branche("reponses.LettresRecues")
    return list(lire(personne))


def courriers_non_lus(personne: Utilisateur) -> list[Any]:
    lire: CourriersNonLus = branche("reponses.CourriersNonLus")
    return list(lire(personne))


def contrats_a_signer(pli: Pli, *, le: datetime) -> list[Any]:
    lire: ActesASigner = branche("reponses.ContratsASigner")
    return list(lire(pli, le=le))


def engagements_a_signer(pli: Pli, *, le: datetime) -> list[Any]:
    lire: ActesASigner = branche("reponses.EngagementsASigner")
    return list(lire(pli, le=le))
