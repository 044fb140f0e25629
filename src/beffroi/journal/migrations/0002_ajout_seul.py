"""La base elle-même refuse de modifier ou d'effacer une écriture, un nœud, un point de contrôle, un jeton."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("journal_ecriture", "journal_noeud", "journal_pointdecontrole", "journal_jetonqualifie")
REFUS = "le journal ne se modifie pas : il s'ajoute"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS.replace(chr(39), chr(39) * 2)}'; END $$"
        )
    for table in TABLES:
        for ordre in ordres(schema_editor.connection.vendor, table):
            schema_editor.execute(ordre)


def ordres(moteur: str, table: str) -> Iterator[str]:
    if moteur == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_ajout_seul BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuser()"
        )
        yield (
            f"CREATE TRIGGER {table}_sans_vidage BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuser()"
        )
        return
    texte = REFUS.replace("'", "''")
    for verbe in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_sans_{verbe.lower()} BEFORE {verbe} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{texte}'); END"
        )


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    suffixes = ("ajout_seul", "sans_vidage") if postgresql else ("sans_update", "sans_delete")
    for table in TABLES:
        for suffixe in suffixes:
            schema_editor.execute(f"DROP TRIGGER {table}_{suffixe}" + (f" ON {table}" if postgresql else ""))


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]
