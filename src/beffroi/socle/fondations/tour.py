"""Passer chacun à son tour, dans l'ordre d'arrivée."""

from collections import deque
from threading import Lock


class Tour:
    """Une place à prendre ; rendue, elle va à qui l'attend depuis le plus longtemps.

    Les verrous de Python la donneraient au premier qui passe, et l'un pourrait attendre toujours.
    """

    def __init__(self) -> None:
        self._verrou, self._pris = Lock(), False
        self._file: deque[Lock] = deque()

    def prendre(self, attente_s: float) -> bool:
        """Faux si la place n'est pas venue dans ce temps."""
        with self._verrou:
            if not self._pris:
                self._pris = True
                return True
            appel = Lock()
            appel.acquire()
            self._file.append(appel)
        return appel.acquire(timeout=attente_s) or not self._quitter(appel)

    def _quitter(self, appel: Lock) -> bool:
        """Faux si la place vient d'être donnée : elle est alors à nous."""
        with self._verrou:
            if appel not in self._file:
                return False
            self._file.remove(appel)
            return True

    def rendre(self) -> None:
        with self._verrou:
            if self._file:
                self._file.popleft().release()
            else:
                self._pris = False

    def attendent(self) -> int:
        return len(self._file)
