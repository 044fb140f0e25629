"""La cloison entre organismes : une requête sans portée échoue, au lieu de tout montrer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models

from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.lignes import GestionnaireDeLignes

_portee: ContextVar[int | None] = ContextVar("portee", default=None)
Modele = TypeVar("Modele", bound=models.Model)


class PorteeManquante(RuntimeError):
    """Une requête sur un objet d'organisme a été faite sans dire lequel."""


@contextmanager
def portee(organisme: Organisme) -> Iterator[None]:
    """Le temps du bloc, les gestionnaires cloisonnés ne voient que cet organisme."""
    jeton = _portee.set(organisme.pk)
    try:
        yield
    finally:
        _portee.reset(jeton)


class GestionnaireCloisonne(GestionnaireDeLignes[Modele]):
    """Le gestionnaire par défaut d'un objet d'organisme.

    `toutes` est l'exception, nommée et surveillée.
    """

    def get_queryset(self) -> models.QuerySet[Modele]:
        organisme_id = _portee.get()
        if organisme_id is None:
            raise PorteeManquante(
                f"{self.model.__name__} : écrivez « with portee(organisme) », "
                "ou passez par queries."
            )
        return super().get_queryset().filter(organisme_id=organisme_id)
