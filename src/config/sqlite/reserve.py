"""Les connexions qu'un serveur se prête d'une demande à la suivante, quel que soit le fil.

Ouvrir la base relit tout son schéma : plusieurs millisecondes, et 1,6 Mio par connexion. Un serveur
a soixante-quatre fils, qui naissent et s'en vont : les demandes d'un moment calme tombaient
toujours sur un fil neuf. Une connexion rendue sert, déjà prête, à qui vient ensuite ; il n'en reste
d'ouvertes qu'autant qu'il y eut de demandes au même instant, et huit au plus.
"""

import os
import sqlite3
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple

AGE_S = 60.0
GARDEES = 8


class Pretee(NamedTuple):
    connexion: sqlite3.Connection
    fichier: str
    jusqu_a: float


class Reserve:
    """La dernière rendue sert la première : ce qu'elle a lu est encore en mémoire."""

    def __init__(self) -> None:
        self._verrou = Lock()
        self._libres: list[Pretee] = []
        # Une connexion ouverte ne passe pas d'un processus à sa copie.
        os.register_at_fork(before=self.vider)

    def prendre(self, fichier: str, ouvrir: Callable[[], sqlite3.Connection]) -> Pretee:
        while libre := self._une_libre():
            if libre.fichier == fichier and monotonic() < libre.jusqu_a:
                return libre
            libre.connexion.close()
        return Pretee(ouvrir(), fichier, monotonic() + AGE_S)

    def rendre(self, pretee: Pretee) -> None:
        """Celle qui tient encore une transaction, ou qui est de trop, se ferme."""
        with self._verrou:
            if not pretee.connexion.in_transaction and len(self._libres) < GARDEES:
                self._libres.append(pretee)
                return
        pretee.connexion.close()

    def vider(self) -> None:
        while libre := self._une_libre():
            libre.connexion.close()

    def _une_libre(self) -> Pretee | None:
        with self._verrou:
            return self._libres.pop() if self._libres else None
