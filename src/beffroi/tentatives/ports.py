"""Ce que la frise attend d'ailleurs : quand l'entreprise a demandé de l'aide, par où, et quand elle en a reçu."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.depots.models import BrouillonDeReponse
from beffroi.tentatives.faits import Fait


class Aides(Protocol):
    """Ce qu'un contexte sait de l'aide donnée pour une réponse. Jamais un contenu, ni un nom, ni un numéro."""

    def __call__(self, brouillon: BrouillonDeReponse) -> Sequence[Fait]: ...


def aides(brouillon: BrouillonDeReponse) -> Iterator[Fait]:
    """Les demandes écrites, les rappels, les écrans montrés : un contexte par ligne de `config.adapters.AIDES`."""
    for chemin in settings.AIDES:
        lire: Aides = import_string(chemin)
        yield from lire(brouillon)
