"""Ce que l'on sait de qui a déposé, montré à l'ouverture : des faits, jamais un filtre.

Rien avant l'heure limite : un niveau dirait qu'une réponse est là.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Tour
from beffroi.personnes.niveaux.queries import Identite, identites
from beffroi.reponse.depots import queries as depots
from beffroi.reponse.depots.models import Pli


@dataclass(frozen=True)
class PliIdentifie:
    """Un pli, et ce qui est établi de son auteur : alors, et maintenant."""

    pli: Pli
    identite: Identite


def identifier(plis: Sequence[Pli], *, le: datetime) -> list[PliIdentifie]:
    sus = identites(plis, le=le)
    return [PliIdentifie(pli, sus[pli.pk]) for pli in plis]


def plis_identifies(
    consultation: Consultation, tour: Tour | None, *, le: datetime
) -> list[PliIdentifie]:
    """Les plis du registre de ce temps de la procédure, dans l'ordre de leur arrivée."""
    if consultation.date_limite_remise is None or le <= tours.limite_de(consultation, tour):
        return []
    connus = depots.plis_connus(consultation, le=le).filter(tour=tour)
    return identifier(list(connus.order_by("recu_le", "pk")), le=le)
