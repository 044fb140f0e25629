"""Ce que les clés affichent et qu'un contexte plus haut sait : à quelles paires on n'a plus rien à ouvrir."""

from collections.abc import Collection
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class PairesServies(Protocol):
    """Qui sait, parmi ces paires, celles dont les enveloppes sont déjà ouvertes."""

    def __call__(self, paires: Collection[int]) -> Collection[int]: ...


def paires_servies(paires: Collection[int]) -> Collection[int]:
    """Les paires pour lesquelles un essai ne servirait plus à rien."""
    dire: PairesServies = import_string(settings.ADAPTATEURS["cles.PairesServies"])
    return dire(paires) if paires else ()
