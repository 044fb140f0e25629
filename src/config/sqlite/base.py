"""SQLite, où chacun écrit à son tour : dans l'ordre d'arrivée, et non quand le hasard le veut.

La base fait patienter qui veut écrire par des sommeils de plus en plus longs, et prend au réveil
celui qui passe à cet instant. Cinquante entreprises qui envoient ensemble y perdaient l'essentiel
du temps, et l'une d'elles finissait par attendre trente secondes, puis recevait une panne.
"""

import sqlite3
from functools import cache, partial
from time import monotonic
from typing import Any, ClassVar

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from beffroi.socle.fondations import ecritures
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.fondations.tour import Tour
from config.sqlite.reserve import Pretee, Reserve

ECRIRE = "IMMEDIATE"
ATTENTE_D_UN_TOUR_S = 30.0


@cache
def tour_de(_fichier: str) -> Tour:
    """Un tour par base et par processus ; d'un processus à l'autre, la base départage."""
    return Tour()


class DatabaseWrapper(base.DatabaseWrapper):
    """Une transaction qui écrit tient son tour de son début à sa validation, ou à son abandon."""

    # Celle d'un serveur (`config.sqlite.servir`) ; ailleurs, chacun ouvre et ferme la sienne.
    reserve: ClassVar[Reserve | None] = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._tour = tour_de(str(self.settings_dict["NAME"]))
        self._attente_s, self._depuis = 0.0, None
        self._pretee: Pretee | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        ouvrir = partial(super().get_new_connection, conn_params)
        if self.reserve is None:
            return ouvrir()
        # Elle se rend dès que cette demande finit.
        self.close_at = monotonic()
        self._pretee = self.reserve.prendre(str(self.settings_dict["NAME"]), ouvrir)
        return self._pretee.connexion

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != ECRIRE:
            super()._start_transaction_under_autocommit()
            return
        demande = monotonic()
        if not self._tour.prendre(ATTENTE_D_UN_TOUR_S):
            raise OperationalError("database is locked")
        self._depuis = monotonic()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._rendre_le_tour()
            raise
        self._depuis = monotonic()
        self._attente_s = self._depuis - demande

    def _commit(self) -> Any:
        # Une validation refusée laisse la transaction ouverte : c'est l'abandon qui rendra le tour.
        super()._commit()
        self._rendre_le_tour()

    def _rollback(self) -> Any:
        try:
            super()._rollback()
        finally:
            self._rendre_le_tour()

    def _close(self) -> Any:
        pretee, self._pretee = self._pretee, None
        try:
            if self.reserve and pretee and not (self.in_atomic_block or self.errors_occurred):
                self.reserve.rendre(pretee)
            else:
                super()._close()
        finally:
            self._rendre_le_tour()

    def _rendre_le_tour(self) -> None:
        if self._depuis is None:
            return
        tenue_s, self._depuis = monotonic() - self._depuis, None
        self._tour.rendre()
        ecritures.noter(attente_s=self._attente_s, tenue_s=tenue_s, le=heure_reelle())
