"""De l'ouverture au contrat : ce que la page de suivi montre, dans l'ordre de la procédure.

Une table, comme le menu : chaque contexte rend sa propre étape, le portail les range.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import EtapeApresOuverture


class Suite(Protocol):
    """L'étape d'un contexte pour cette consultation, ou rien tant qu'elle n'a pas lieu d'être."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None: ...


# Dans l'ordre : candidatures, signatures, analyse, commission, attribution, marchés, achèvement.
SUITES: tuple[str, ...] = (
    "beffroi.candidatures.ecrans.etape",
    "beffroi.signatures.liens.suite",
    "beffroi.analyse.suites.etape_de_l_analyse",
    "beffroi.commissions.ecrans.etape",
    "beffroi.attribution.ecrans.etape",
    "beffroi.marches.suite.etape",
    "beffroi.achevement.suite.etape_de_l_avis",
    "beffroi.achevement.suite.etape_du_rapport",
)


def suites(consultation: Consultation, *, le: datetime) -> Sequence[EtapeApresOuverture]:
    """Une étape par contexte qui a quelque chose à dire de cette consultation."""
    dites: list[Suite] = [import_string(chemin) for chemin in SUITES]
    return tuple(etape for dire in dites if (etape := dire(consultation, le=le)) is not None)
