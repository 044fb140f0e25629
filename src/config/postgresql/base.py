"""Prêter une connexion, ou dire tout de suite que la base ne répond pas.

Un groupe de connexions fait attendre de la même façon qui arrive quand toutes servent, et qui
arrive quand la base est arrêtée : trente secondes, puis une panne. Les premiers ont raison
d'attendre ; aux autres, une page doit dire de revenir.
"""

import threading
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool, PoolTimeout

# Une place se rend d'habitude bien avant ; passé ce temps, on demande à la base si elle est là.
ATTENTE_D_UNE_PLACE_S = 1.0
ATTENTE_EN_TOUT_S = 30.0
SONDAGE_S = 2
# Mille personnes qui attendent ne sondent pas mille fois.
SONDAGE_VALABLE_S = 1.0
ESSAIS_DE_RECONNEXION_S = 5


class Sondage:
    """La base répond-elle ? Une réponse par seconde, pour tout le processus."""

    def __init__(self) -> None:
        self._verrou, self._le, self._repond = threading.Lock(), float("-inf"), False

    def repond(self, parametres: dict[str, Any]) -> bool:
        with self._verrou:
            if time.monotonic() >= self._le + SONDAGE_VALABLE_S:
                self._repond, self._le = joindre(parametres), time.monotonic()
            return self._repond


def joindre(parametres: dict[str, Any]) -> bool:
    try:
        psycopg.connect(**{**parametres, "connect_timeout": SONDAGE_S}).close()
    except psycopg.Error:
        return False
    return True


class DatabaseWrapper(base.DatabaseWrapper):
    sondage = Sondage()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        fin = time.monotonic() + ATTENTE_EN_TOUT_S
        while True:
            try:
                return super().get_new_connection(conn_params)
            except PoolTimeout:
                if time.monotonic() >= fin or not self.sondage.repond(conn_params):
                    raise


def groupe() -> dict[str, Any]:
    """Les réglages du groupe de connexions de chaque processus (psycopg_pool)."""
    return {
        "min_size": 1,
        "max_size": 32,
        "timeout": ATTENTE_D_UNE_PLACE_S,
        "check": essayer_la_connexion,
        "reconnect_timeout": ESSAIS_DE_RECONNEXION_S,
        "reconnect_failed": retourner_a_la_base,
    }


def essayer_la_connexion(connexion: Any) -> None:
    """Avant chaque prêt. Une base qui redémarre tue d'un coup toutes les connexions gardées.

    Sans essai, chacune ferait une page d'erreur. Essayées l'une après l'autre, avec l'attente qui
    double, une seule demande y perdrait ses trente secondes : la première morte les fait toutes
    remplacer.
    """
    from django.db import connection

    try:
        ConnectionPool.check_connection(connexion)
    except Exception:
        connection.pool.check()  # type: ignore[attr-defined]
        raise


def retourner_a_la_base(groupe: Any) -> None:
    """Les essais s'espacent en doublant : après cinq minutes d'arrêt, la base serait revenue
    depuis deux que l'on n'y retournerait pas. On abandonne donc tôt, et on recommence.
    """
    groupe.check()
