"""Vider une base PostgreSQL après un essai dont les transactions se valident.

Django y vide toutes les tables, des centaines, puis y remet les siennes : une demi-seconde. On ne
vide ici que celles où quelqu'un a écrit.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction

# Une table où rien n'a jamais été écrit ne prend aucune place.
ECRITES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0
"""
# Ce que les migrations savent des modèles : Django l'y remettrait tel quel.
GARDEES = {"django_content_type", "auth_permission"}


def vider() -> None:
    modeles = apps.get_models(include_auto_created=True)
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ECRITES)
        ecrites = {nom for (nom,) in curseur.fetchall()}
        siennes = sorted({modele._meta.db_table for modele in modeles} & ecrites - GARDEES)
        for ordre in ordres([connection.ops.quote_name(table) for table in siennes]):
            curseur.execute(ordre)


def ordres(tables: list[str]) -> Iterator[str]:
    """Les gardes du journal levées, et les clés étrangères vérifiées toutes ensemble, à la fin."""
    yield from (f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables)
    yield "SET CONSTRAINTS ALL DEFERRED"
    yield from (f"DELETE FROM {table}" for table in tables)
    yield "SET CONSTRAINTS ALL IMMEDIATE"
    yield from (f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables)
