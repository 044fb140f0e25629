"""Les rondes : ce qu'un ouvrier regarde de temps en temps. Elles sont idempotentes.

Un contexte déclare la sienne dans `apps.ready()` : `rondes.declarer(taches.rappeler)`.
"""

from collections.abc import Callable
from datetime import datetime

Ronde = Callable[[datetime], None]
RONDES: list[Ronde] = []


def declarer(ronde: Ronde) -> None:
    """Ajoute une ronde ; la déclarer deux fois n'a pas plus d'effet."""
    if ronde not in RONDES:
        RONDES.append(ronde)
