"""Charger le logiciel sans chercher de déchets parmi ce qu'il garde.

Ses modules font naître deux millions d'objets qui vivront autant que lui. Le ramasse-miettes les
relirait tous, palier après palier, pendant le dixième du démarrage, puis à chaque grand ramassage.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps


@contextmanager
def sans_ramassage() -> Iterator[None]:
    """Ce qui naît ici ne sera plus jamais relu par le ramasse-miettes.

    Une fois : le logiciel chargé, ce qui naît encore n'est pas fait pour durer.
    """
    if apps.ready:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
