"""Passer chacun à son tour, dans l'ordre d'arrivée ; ce qui presse passe devant."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

_presse: ContextVar[bool] = ContextVar("_presse", default=False)


@contextmanager
def en_premier() -> Iterator[None]:
    """Ce qui attend un tour dans ce bloc passe devant : déposer n'attend pas derrière les parties
    que d'autres envoient encore.
    """
    jeton = _presse.set(True)
    try:
        yield
    finally:
        _presse.reset(jeton)


class Tour:
    """Une place à prendre ; rendue, elle va à qui l'attend depuis le plus longtemps.

    Les verrous de Python la donneraient au premier qui passe, et l'un pourrait attendre toujours.
    """

    def __init__(self) -> None:
        self._verrou, self._pris = Lock(), False
        self._devant: deque[Lock] = deque()
        self._file: deque[Lock] = deque()

    def prendre(self, attente_s: float) -> bool:
        """Faux si la place n'est pas venue dans ce temps."""
        with self._verrou:
            if not self._pris:
                self._pris = True
                return True
            appel, file = Lock(), self._devant if _presse.get() else self._file
            appel.acquire()
            file.append(appel)
        return appel.acquire(timeout=attente_s) or not self._quitter(appel, file)

    def _quitter(self, appel: Lock, file: deque[Lock]) -> bool:
        """Faux si la place vient d'être donnée : elle est alors à nous."""
        with self._verrou:
            if appel not in file:
                return False
            file.remove(appel)
            return True

    def rendre(self) -> None:
        with self._verrou:
            if suivants := self._devant or self._file:
                suivants.popleft().release()
            else:
                self._pris = False

    def attendent(self) -> int:
        return len(self._devant) + len(self._file)
