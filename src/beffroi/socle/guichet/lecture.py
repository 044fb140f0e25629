"""Une page se compose en une lecture :
rien ne s'y calcule deux fois, rien ne s'y écrit, donc sa mémoire ne peut mentir.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection, models

Fonction = TypeVar("Fonction", bound=Callable[..., Any])
_lus: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("_lus", default=None)


@contextmanager
def lecture() -> Iterator[None]:
    """Le temps de composer une page ; une lecture déjà ouverte continue.

    Hors d'elle, un service relit toujours.
    """
    if _lus.get() is not None:
        yield
        return
    jeton = _lus.set({})
    try:
        with connection.execute_wrapper(_sans_ecrire):
            yield
    finally:
        _lus.reset(jeton)


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


def _sans_ecrire(executer: Callable[..., Any], sql: str, *suite: Any) -> Any:
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise RuntimeError(f"Une page qui se compose n'écrit rien : {sql[:80]}")
    return executer(sql, *suite)
