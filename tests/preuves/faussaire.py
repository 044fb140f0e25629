"""Ce que peut qui tient la base : lever ses gardes, ignorer ses contraintes, changer une valeur."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from tests.preuves.decor import LE

# Aucune ligne n'a cette clé, et aucune contrainte d'unicité ne s'en plaint.
PERSONNE = 1_000_000


def valeur_falsifiee(champ: Any, valeur: Any) -> Any:
    if champ.is_relation:
        return PERSONNE
    if valeur is None and champ.get_internal_type() == "GenericIPAddressField":
        return "192.0.2.9"
    if valeur is None:
        return (
            LE
            if "Date" in champ.get_internal_type()
            else True
            if champ.get_internal_type() == "BooleanField"
            else 7
        )
    return autre(valeur)


def autre(valeur: Any) -> Any:
    """La même valeur, à un rien près."""
    if isinstance(valeur, bool):
        return not valeur
    if isinstance(valeur, datetime):
        return valeur + timedelta(microseconds=1)
    if isinstance(valeur, date):
        return valeur + timedelta(days=1)
    if isinstance(valeur, UUID):
        return UUID(int=valeur.int ^ 1)
    if isinstance(valeur, bytes | memoryview):
        return bytes([*bytes(valeur)[:-1], bytes(valeur)[-1] ^ 1]) if valeur else b"x"
    if isinstance(valeur, Decimal):
        return valeur + Decimal("0.01")
    if isinstance(valeur, int):
        return valeur + 1
    if isinstance(valeur, str) and valeur:
        return valeur[:-1] + (
            "x" if valeur[-1] != "x" else "y"
        )  # jamais la référence d'une autre ligne
    return (
        {**valeur, "x": 1}
        if isinstance(valeur, dict)
        else [*valeur, "x"]
        if isinstance(valeur, list)
        else "x"
    )


def par_la_base(modele: type[models.Model], ordre: str, valeurs: list[Any]) -> None:
    """L'ordre d'un faussaire qui tient la base : gardes levées, contraintes ignorées."""
    lever_les_gardes(modele)
    ordonner(ordre, valeurs)


def lever_les_gardes(modele: type[models.Model]) -> None:
    table = modele._meta.db_table
    with connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            curseur.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
                [table],
            )
            for (nom,) in curseur.fetchall():
                curseur.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{nom}"')
            curseur.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            curseur.execute("PRAGMA ignore_check_constraints = ON")
            curseur.execute("PRAGMA defer_foreign_keys = ON")
            curseur.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (nom,) in curseur.fetchall():
                curseur.execute(f"DROP TRIGGER {nom}")


def ordonner(ordre: str, valeurs: list[Any]) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        assert curseur.rowcount == 1


@contextmanager
def defait(bloqueur: Any) -> Iterator[None]:
    with bloqueur.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")
