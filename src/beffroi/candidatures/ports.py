"""Ce que les candidatures attendent d'ailleurs : ce qui s'appuie déjà sur elles."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.consultations.models import Consultation
from droit.decision import Decision


class CeQuiSAppuie(Protocol):
    """Qui sait si une étape suivante s'appuie déjà sur les décisions de ce lot : elles ne changent plus."""

    def __call__(self, consultation: Consultation, lot: int | None) -> Decision: ...


def peut_encore_changer(consultation: Consultation, lot: int | None) -> Decision:
    dire: CeQuiSAppuie = import_string(settings.ADAPTATEURS["candidatures.CeQuiSAppuie"])
    return dire(consultation, lot)
