"""Ce que les écrans de l'entreprise montrent d'ailleurs :
ses courriers, les issues de ses réponses, ce qu'elle a à signer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.ports import port


class LettreRecue(Protocol):
    """La lettre qui dit l'issue d'une réponse."""

    consultation_id: int
    equipe_id: int
    reference: str


@port("reponses.LettresRecues")
def lettres_recues(personne: Utilisateur) -> Iterable[LettreRecue]:
    """Celles qu'une personne peut lire, la dernière d'abord."""


@port("reponses.CourriersNonLus")
def courriers_non_lus(personne: Utilisateur) -> Iterable[Any]:
    """Ceux qu'aucune personne de l'entreprise n'a encore lus, tels que la page les montre."""


@port("reponses.ContratsASigner")
def contrats_a_signer(pli: Pli, *, le: datetime) -> Iterable[Any]:
    """Les contrats, ou les actes d'engagement,
    nés de cette réponse et qui peuvent se signer, tels que la page les montre.
    """


@port("reponses.EngagementsASigner")
def engagements_a_signer(pli: Pli, *, le: datetime) -> Iterable[Any]:
    """Les contrats, ou les actes d'engagement,
    nés de cette réponse et qui peuvent se signer, tels que la page les montre.
    """
