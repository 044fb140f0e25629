"""Ce que les écrans de l'entreprise montrent d'ailleurs : ses courriers, les issues de ses réponses, ce qu'elle a à signer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.comptes.models import Utilisateur
from beffroi.depots.models import Pli


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
    lire: LettresRecues = import_string(settings.ADAPTATEURS["reponses.LettresRecues"])
    return list(lire(personne))


def courriers_non_lus(personne: Utilisateur) -> list[Any]:
    lire: CourriersNonLus = import_string(settings.ADAPTATEURS["reponses.CourriersNonLus"])
    return list(lire(personne))


def contrats_a_signer(pli: Pli, *, le: datetime) -> list[Any]:
    lire: ActesASigner = import_string(settings.ADAPTATEURS["reponses.ContratsASigner"])
    return list(lire(pli, le=le))


def engagements_a_signer(pli: Pli, *, le: datetime) -> list[Any]:
    lire: ActesASigner = import_string(settings.ADAPTATEURS["reponses.EngagementsASigner"])
    return list(lire(pli, le=le))
