"""Ce qui se lit à la suite d'une requête (`prefetch_related`)."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from beffroi.socle.fondations.requetes.envois import sql_de
from beffroi.socle.fondations.requetes.formes import NeSePretePas


def exiger_fixes(un: QuerySet[Any], deux: QuerySet[Any], *, base: str) -> None:
    """Celles qui portent leur propre requête ne dépendent d'aucune valeur de l'appel."""
    for une, autre in zip(_a_elles(un), _a_elles(deux), strict=True):
        composes = [sql_de(suite.queryset.query.get_compiler(using=base)) for suite in (une, autre)]
        if composes[0] != composes[1]:
            raise NeSePretePas("ce qui se lit à la suite dépend des valeurs")
        exiger_fixes(une.queryset, autre.queryset, base=base)


def neuves(requete: QuerySet[Any]) -> tuple[Any, ...]:
    """Les mêmes, chacune avec une requête que personne d'autre ne lira."""
    return tuple(_neuve(suite) for suite in requete._prefetch_related_lookups)  # type: ignore[attr-defined]


def _a_elles(requete: QuerySet[Any]) -> list[Any]:
    suites = requete._prefetch_related_lookups  # type: ignore[attr-defined]
    return [
        suite
        for suite in suites
        if isinstance(suite, Prefetch) and getattr(suite, "queryset", None) is not None
    ]


def _neuve(suite: Any) -> Any:
    if not isinstance(suite, Prefetch):
        return suite
    neuve: Any = object.__new__(Prefetch)
    neuve.__dict__.update(suite.__dict__)
    if neuve.queryset is not None:
        neuve.queryset = neuve.queryset._chain()
    return neuve
