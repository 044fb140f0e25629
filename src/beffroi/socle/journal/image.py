"""Lire toute la base telle qu'elle était à un instant,
pendant que d'autres écrivent, sans en retenir aucun.

Une relecture qui pose plusieurs questions à une base vivante compare, sinon,
des feuilles d'avant et des nœuds d'après : elle crie à la falsification d'un registre intact.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def image_de_la_base() -> Iterator[None]:
    """Tout ce qui s'y lit date du même instant.

    Ne rien y écrire. Dans un acte déjà ouvert, c'est lui qui fait foi.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            executer("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with sans_prendre_le_verrou(connection), transaction.atomic():
            # SQLite ne fixe l'image qu'à la première lecture.
            executer("SELECT 1 FROM sqlite_schema LIMIT 1")
            yield


def executer(ordre: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre)


@contextmanager
def sans_prendre_le_verrou(connexion: Any) -> Iterator[None]:
    """Nos transactions SQLite prennent d'abord le verrou d'écriture (`config.base_de_donnees`) ;
    une lecture n'en veut pas.
    """
    connexion.ensure_connection()
    ordinaire, connexion.transaction_mode = connexion.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connexion.transaction_mode = ordinaire
