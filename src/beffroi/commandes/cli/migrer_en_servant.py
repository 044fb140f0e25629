"""Migrer une base qui sert : qui attend un verrou retient tous ceux qui arrivent après lui.

PostgreSQL range les demandes de verrou dans l'ordre : une migration qui attend la fin d'une longue
lecture fait attendre derrière elle chaque page. Elle renonce donc au bout d'une seconde, ce qui
défait la seule migration en cours, laisse passer, et recommence.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError

from beffroi.commandes.cli.erreurs import ErreurDeCommande

ATTENTE_D_UN_VERROU = "1s"
ENTRE_DEUX_ESSAIS_S = 2.0
ESSAIS = 30
TOUJOURS_PRIS = (
    "une table reste prise par une longue lecture : après une minute d'essais, la mise à jour "
    "s'est arrêtée entre deux migrations, la base est saine. Attendez la fin de ce qui la tient "
    "(une sauvegarde, une requête oubliée : pg_stat_activity), puis relancez « ./beffroi migrer »."
)


def en_laissant_passer(
    connexion: Any, migrer: Callable[[], object], *, pause_s: float = ENTRE_DEUX_ESSAIS_S
) -> None:
    """Joue les migrations ; une minute, au plus, à redemander les verrous."""
    if connexion.vendor != "postgresql":
        migrer()
        return
    regler(connexion, ATTENTE_D_UN_VERROU)
    try:
        for reste in reversed(range(ESSAIS)):
            if a_pu(migrer):
                return
            if reste:
                time.sleep(pause_s)
        raise ErreurDeCommande(TOUJOURS_PRIS)
    finally:
        regler(connexion, "0")


def a_pu(migrer: Callable[[], object]) -> bool:
    """Faux si un verrou s'est fait attendre ; toute autre panne remonte."""
    from psycopg.errors import LockNotAvailable

    try:
        migrer()
    except OperationalError as erreur:
        if not isinstance(erreur.__cause__, LockNotAvailable):
            raise
        return False
    return True


def regler(connexion: Any, attente: str) -> None:
    with connexion.cursor() as curseur:
        curseur.execute("SELECT set_config('lock_timeout', %s, false)", [attente])
