"""Ce que ce fil fait à l'instant : répondre à une demande, ou accomplir une tâche.

Le journal technique le lit : chaque ligne dit d'où elle vient, sans que rien ne le transmette.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

SANS_ROUTE = "aucune"
# Les derniers signes : au début, une sorte d'identifiants (UUID 7) n'a que l'heure.
SIGNES_A_DONNER = 8


@dataclass
class Demande:
    """Une demande faite à un processus web, et ce qu'on en sait à mesure."""

    identifiant: str
    methode: str = ""
    route: str = SANS_ROUTE
    statut: int | None = None
    octets: int | None = None
    debut: float = field(default_factory=time.perf_counter)

    def duree_ms(self) -> float:
        """Depuis qu'elle est là."""
        return round((time.perf_counter() - self.debut) * 1000, 1)


@dataclass(frozen=True)
class Travail:
    """Une tâche de la file, ou une ronde, qui n'a pas de numéro."""

    nom: str
    numero: int | None = None


_en_cours: ContextVar[Demande | Travail | None] = ContextVar("en_cours", default=None)


def en_cours() -> Demande | Travail | None:
    return _en_cours.get()


def repondre_a(demande: Demande) -> None:
    """Ce fil y répond jusqu'à `oublier` : un corps qui se compose à mesure en est encore."""
    _en_cours.set(demande)


def oublier() -> None:
    _en_cours.set(None)


@contextmanager
def accomplir(travail: Travail) -> Iterator[None]:
    """Le temps du bloc ; ce que ce fil faisait reprend ensuite."""
    jeton = _en_cours.set(travail)
    try:
        yield
    finally:
        _en_cours.reset(jeton)


def identifiant() -> str:
    """Celui de la demande à laquelle on répond ; un neuf, si l'on ne répond à aucune."""
    ici = _en_cours.get()
    return ici.identifiant if isinstance(ici, Demande) else nouvel_identifiant()


def nouvel_identifiant() -> str:
    """Tiré au hasard, de la forme que nginx donne au sien (`$request_id`)."""
    return uuid.uuid4().hex


def urn() -> str:
    """L'identifiant de la demande, comme un problème de l'API le cite (RFC 9457, `instance`)."""
    return uuid.UUID(identifiant()).urn


def reference_a_donner(de: str) -> str:
    """« 3F9A-2C41 » : la fin d'un identifiant, assez courte pour être lue à voix haute."""
    signes = de.replace("-", "")[-SIGNES_A_DONNER:].upper()
    return f"{signes[:4]}-{signes[4:]}"
