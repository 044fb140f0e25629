"""Rendre au système la mémoire d'une affluence, une fois celle-ci passée.

Soixante-quatre fils ouvrent chacun leur base. Quand ils s'en vont, leurs connexions se tiennent
encore l'une l'autre jusqu'au prochain ramassage, et l'allocateur garde les pages qu'elles rendent.
"""

import ctypes
import gc
import threading
from collections.abc import Callable

# glibc, malloc.h : autant de tas que de fils qui s'y pressent, huit par cœur au plus.
M_ARENA_MAX = -8
TAS = 2
PERIODE_S = 20.0


def partager_les_tas() -> None:
    """Peu de tas, que tous les fils partagent : ce que l'un rend, un autre le reprend.

    À dire avant que les fils naissent. Une bibliothèque C qui n'en sait rien fait comme avant.
    """
    if regler := _de_la_bibliotheque_c("mallopt"):
        regler(M_ARENA_MAX, TAS)


def rendre() -> None:
    """Ramasse ce qui n'est plus tenu, puis rend au système les pages vides."""
    gc.collect()
    if tailler := _de_la_bibliotheque_c("malloc_trim"):
        tailler(0)


def rendre_en_servant(*, periode_s: float = PERIODE_S) -> threading.Event:
    """Dans un fil du serveur web, jusqu'à ce qu'on pose ce qui est rendu."""
    fini = threading.Event()

    def tourner() -> None:
        while not fini.wait(periode_s):
            rendre()

    threading.Thread(target=tourner, name="memoire", daemon=True).start()
    return fini


def _de_la_bibliotheque_c(nom: str) -> Callable[..., int] | None:
    trouvee: Callable[..., int] | None = getattr(ctypes.CDLL(None), nom, None)
    return trouvee
