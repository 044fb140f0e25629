"""Des pannes à heure dite, pour éprouver ce qui les suit.
Sans `BEFFROI_PANNE`, ces points ne font rien.

`BEFFROI_PANNE=depot.avant_validation` tue le processus au premier passage ; `…:3` au troisième ;
`…:espace` y fait manquer la place sur le disque.
"""

import errno
import os
import signal

_passages: dict[str, int] = {}


def point_de_panne(nom: str) -> None:
    """Un endroit où tomber aurait des conséquences."""
    demande = os.environ.get("BEFFROI_PANNE")
    if demande is None:
        return
    voulu, _, maniere = demande.partition(":")
    if voulu != nom:
        return
    _passages[nom] = _passages.get(nom, 0) + 1
    if maniere == "espace":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if _passages[nom] == int(maniere or 1):
        os.kill(os.getpid(), signal.SIGKILL)
