"""Une scène plantée une fois revient d'un coup dans la base neuve du test suivant :
les mêmes lignes, sans rejouer les actes.

La base d'un test est neuve quand son journal est vide. Les lignes y entrent sans passer par les
services : elles sont déjà au journal de la scène, qui revient avec elles.
"""

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models

from beffroi.socle.journal.models import Ecriture

FRAICHEUR = timedelta(minutes=10)


@dataclass
class Semis[T]:
    """Ce qui a été planté, à quel instant, et chaque ligne qui en est née."""

    plante: T
    le: datetime
    lignes: list[list[models.Model]]

    def vaut_pour(self, le: datetime) -> bool:
        """Un instant passé depuis peu est le même ; un test qui voyage plante le sien."""
        return timedelta(0) <= le - self.le < FRAICHEUR

    def replanter(self) -> T:
        for lignes in self.lignes:
            models.QuerySet(type(lignes[0])).bulk_create(copy.copy(ligne) for ligne in lignes)
        return copy.deepcopy(self.plante)


_semis: dict[Hashable, Semis[Any]] = {}


def plante[T](nom: Hashable, planter: Callable[[], T], *, le: datetime) -> T:
    """Plante, ou replante ce qui l'a été sous ce nom.

    Hors d'une base neuve qui s'effacera, plante toujours.
    """
    if not connection.in_atomic_block or Ecriture.objects.exists():
        return planter()
    connu = _semis.get(nom)
    if connu is None or not connu.vaut_pour(le):
        connu = _semis[nom] = _semer(planter, le=le)
        return copy.deepcopy(connu.plante)
    rendu: T = connu.replanter()
    return rendu


def _semer[T](planter: Callable[[], T], *, le: datetime) -> Semis[T]:
    tables = [
        models.QuerySet(modele)
        for modele in apps.get_models(include_auto_created=True)
        if modele._meta.managed
    ]
    avant = [list(table.values_list("pk", flat=True)) for table in tables]
    plante = planter()
    nees = (
        list(table.exclude(pk__in=connues)) for table, connues in zip(tables, avant, strict=True)
    )
    return Semis(plante, le, [lignes for lignes in nees if lignes])
