"""Ce que les preuves attendent d'ailleurs : quand l'entreprise a demandé de l'aide, et quand on lui a répondu."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.depots.models import BrouillonDeReponse
from beffroi.tentatives.frise import Fait

AIDES = "preuves.DemandesDAide"


class DemandesDAide(Protocol):
    """Qui tient l'assistance. Jamais un texte, ni un nom."""

    def __call__(self, brouillon: BrouillonDeReponse) -> Sequence[Fait]: ...


def aides(brouillon: BrouillonDeReponse) -> Sequence[Fait]:
    lire: DemandesDAide = import_string(settings.ADAPTATEURS[AIDES])
    return lire(brouillon)
