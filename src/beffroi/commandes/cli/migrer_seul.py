"""Une mise à jour à la fois : deux nœuds que l'on relance ensemble lancent chacun la sienne.

La seconde attend, puis ne trouve plus rien à faire.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VERROU = "migrer.verrou"
# « migr », en octets : un nombre que nul autre verrou consultatif de la plateforme n'a.
NUMERO = 0x6D696772
ENTRE_DEUX_ESSAIS_S = 0.5
EN_COURS = "une autre mise à jour de cette base est en cours : celle-ci attend qu'elle ait fini."


@contextmanager
def seul_a_migrer(connexion: Any, *, donnees: Path) -> Iterator[None]:
    """Le verrou tombe avec le processus, même tué."""
    if connexion.vendor == "postgresql":
        with connexion.cursor() as curseur:
            attendre(lambda: _demander(curseur, "SELECT pg_try_advisory_lock(%s)"))
        try:
            yield
        finally:
            with connexion.cursor() as curseur:
                _demander(curseur, "SELECT pg_advisory_unlock(%s)")
        return
    with (donnees / VERROU).open("w") as fichier:
        attendre(lambda: _prendre(fichier))
        yield


def attendre(essayer: Callable[[], bool]) -> None:
    """Redemander, plutôt que d'attendre dans la base : PostgreSQL y tiendrait une lecture ouverte,
    dont un index construit à côté attendrait la fin.
    """
    if essayer():
        return
    print(EN_COURS, flush=True)
    while not essayer():
        time.sleep(ENTRE_DEUX_ESSAIS_S)


def _demander(curseur: Any, ordre: str) -> bool:
    curseur.execute(ordre, [NUMERO])
    return bool(curseur.fetchone()[0])


def _prendre(fichier: Any) -> bool:
    try:
        fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
