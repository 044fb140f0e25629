"""Lire un envoi jusqu'au bout, même quand sa réponse n'en dépend pas.

Un refus se dit souvent sans lire l'envoi : qui n'est pas connecté, qui n'a plus le droit. Le
serveur ferme alors la liaison sur ce qui lui arrive encore ; le serveur frontal, qui écrit
toujours, tient le nœud pour mort : il répond 502 à la place du refus, et laisse le nœud de côté.
N'importe qui fermerait ainsi la plateforme, un envoi à la fois.

L'envoi se lit ici même, jamais d'un autre fil : une demande qui finit pendant qu'un fil lit encore
son corps gèle tout le processus. Le serveur, qui tient alors l'interpréteur, attend ce fil.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol

# Un serveur frontal qui garde l'envoi le donne à la vitesse du réseau : 2 Go en vingt secondes.
ATTENTE_S = 20.0
# Celui qui n'en garde que 12 Mio passe le reste au pas du visiteur : ceux qui traînent, et ceux
# qui n'envoient plus rien jusqu'à ce que leur liaison tombe, n'occupent jamais plus que cela.
ENSEMBLE = 8
BLOC = 1 << 14
# Une vue l'écrit dans sa demande quand répondre avant la fin est ce qu'on lui demande.
SANS_ATTENDRE = "SANS_ATTENDRE_LA_FIN"

Repondre = Callable[..., Any]
Application = Callable[[dict[str, Any], Repondre], Iterable[bytes]]


class Flux(Protocol):
    """Le corps d'une demande, tel que le serveur le donne (PEP 3333)."""

    def read(self, taille: int = ..., /) -> bytes: ...
    def readline(self, taille: int = ..., /) -> bytes: ...
    def readlines(self, taille: int = ..., /) -> list[bytes]: ...


class Suivi:
    """Le même corps, et ce qui en a été lu."""

    def __init__(self, flux: Flux) -> None:
        self._flux, self.lus = flux, 0

    def read(self, *taille: int) -> bytes:
        return self._compter(self._flux.read(*taille))

    def readline(self, *taille: int) -> bytes:
        return self._compter(self._flux.readline(*taille))

    def readlines(self, *taille: int) -> list[bytes]:
        return [self._compter(ligne) for ligne in self._flux.readlines(*taille)]

    def __iter__(self) -> "Suivi":
        return self

    def __next__(self) -> bytes:
        if ligne := self.readline():
            return ligne
        raise StopIteration

    def _compter(self, octets: bytes) -> bytes:
        self.lus += len(octets)
        return octets


class CorpsEntiers:
    """Autour de l'application : ce qu'elle n'a pas lu se lit avant que sa réponse parte."""

    def __init__(self, application: Application, *, attente_s: float = ATTENTE_S) -> None:
        self.application, self.attente_s = application, attente_s
        self.places = threading.BoundedSemaphore(ENSEMBLE)

    def __call__(self, environ: dict[str, Any], repondre: Repondre) -> Iterable[bytes]:
        corps = environ["wsgi.input"] = Suivi(environ["wsgi.input"])
        reponse = self.application(environ, repondre)
        if corps.lus < annonces(environ) and SANS_ATTENDRE not in environ:
            self.finir(corps)
        return reponse

    def finir(self, corps: Suivi) -> None:
        if not self.places.acquire(blocking=False):
            return
        try:
            fin = time.monotonic() + self.attente_s
            while corps.read(BLOC) and time.monotonic() < fin:
                pass
        except OSError:
            """La personne est partie : personne ne lira de réponse."""
        finally:
            self.places.release()


def annonces(environ: dict[str, Any]) -> int:
    """Les octets que l'envoi dit porter ; sans rien dire, on ne sait pas s'il en reste."""
    dits = str(environ.get("CONTENT_LENGTH") or "0")
    return int(dits) if dits.isdecimal() else 0
