"""Une page se compose en une lecture :
rien ne s'y calcule deux fois, et sa mémoire ne peut mentir : une écriture l'efface.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection, models
from django.http import HttpRequest, HttpResponse

from beffroi.socle.fondations import horloge

Fonction = TypeVar("Fonction", bound=Callable[..., Any])
_lus: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("_lus", default=None)
ECRITURES = ("INSERT", "UPDATE", "DELETE")
VERROUS = ("FOR UPDATE", "pg_advisory")
QUI_MONTRENT = ("GET", "HEAD")


class UneLecture:
    """Toute page que l'on demande à voir se compose en une lecture ; un envoi relit toujours."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in QUI_MONTRENT:
            return self.suite(request)
        with _memoire(), connection.execute_wrapper(_oublier_ce_qui_change):
            return self.suite(request)


@contextmanager
def lecture() -> Iterator[None]:
    """Le temps de composer une page, à un seul instant, où rien ne s'écrit ;
    une lecture déjà ouverte continue.
    """
    with _memoire(), horloge.arretee(), connection.execute_wrapper(_sans_ecrire):
        yield


@contextmanager
def _memoire() -> Iterator[None]:
    if _lus.get() is not None:
        yield
        return
    jeton = _lus.set({})
    try:
        yield
    finally:
        _lus.reset(jeton)


def en_une_lecture(vue: Fonction) -> Fonction:
    """La vue qui montre se compose en une lecture ; celle qui reçoit écrit, et relit."""

    @wraps(vue)
    def servir(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with lecture() if request.method in QUI_MONTRENT else nullcontext():
            return vue(request, *args, **kwargs)

    return cast(Fonction, servir)


def lu_une_fois(fonction: Fonction) -> Fonction:
    """Calculé une fois par lecture et par arguments ;
    une ligne de la base se reconnaît à elle-même, non à sa clé.
    """

    @wraps(fonction)
    def lire(*args: Any, **kwargs: Any) -> Any:
        if (lus := _lus.get()) is None:
            return fonction(*args, **kwargs)
        marques = (id(arg) if isinstance(arg, models.Model) else arg for arg in args)
        cle = (fonction, *marques, *sorted(kwargs.items()))
        if cle not in lus:
            lus[cle] = (
                fonction(*args, **kwargs),
                args,
            )  # gardés : tant qu'ils vivent, leur marque n'est qu'à eux
        return lus[cle][0]

    return cast(Fonction, lire)


def lu_ensemble[Cle: models.Model, Valeur](
    fonction: Callable[[Sequence[Cle]], Mapping[int, Valeur]],
) -> Callable[[Cle], Valeur]:
    """Ce qui se lit de plusieurs lignes d'un trait, demandé de l'une d'elles.

    Dans une lecture, la première demande lit pour toutes ses voisines (`voisines`) ; sans
    voisines, pour elle seule. `fonction` rend une valeur par numéro, pour toutes.
    """

    @wraps(fonction)
    def lire(une: Cle) -> Valeur:
        if (lus := _lus.get()) is None:
            return fonction([une])[une.pk]
        if (fonction, id(une)) not in lus:
            groupe, _ = lus.get((voisines, id(une)), ([une], ()))
            valeurs = fonction(groupe)
            lus.update({(fonction, id(autre)): (valeurs[autre.pk], (autre,)) for autre in groupe})
        return cast(Valeur, lus[fonction, id(une)][0])

    return lire


def voisines(lignes: Sequence[models.Model]) -> None:
    """Une page va demander la même chose de chacune : ce qui se lit ensemble se lira d'un trait."""
    if (lus := _lus.get()) is not None:
        lus.update({(voisines, id(une)): (list(lignes), (une,)) for une in lignes})


def _sans_ecrire(executer: Callable[..., Any], sql: str, *suite: Any) -> Any:
    if sql.startswith(ECRITURES):
        raise RuntimeError(f"Une page qui se compose n'écrit rien : {sql[:80]}")
    return executer(sql, *suite)


def _oublier_ce_qui_change(executer: Callable[..., Any], sql: str, *suite: Any) -> Any:
    """Ce qui s'apprend après un verrou fait foi, comme ce qui s'apprend après une écriture."""
    if sql.startswith(ECRITURES) or any(verrou in sql for verrou in VERROUS):
        (_lus.get() or {}).clear()
    return executer(sql, *suite)
