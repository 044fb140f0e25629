"""La base elle-même refuse de modifier ou d'effacer une écriture, un nœud, un point de contrôle, un jeton ; une cosignature, un
remplissage, une tête publique."""

from collections.abc import Iterable, Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele

DU_JOURNAL = ("journal_ecriture", "journal_noeud", "journal_pointdecontrole", "journal_jetonqualifie")
DES_TEMOINS = ("journal_cosignature",)
DE_LA_CADENCE = ("journal_remplissage", "journal_publication")
REFUS = "le journal ne se modifie pas : il s'ajoute"


def ajout_seul(tables: Iterable[str]) -> SansModele:
    """Les déclencheurs de ces tables. La fonction qu'ils appellent sur PostgreSQL est la même pour toutes."""

    def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        moteur = schema_editor.connection.vendor
        for ordre in (ordre for table in tables for ordre in ordres(moteur, table)):
            schema_editor.execute(ordre)

    def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        suffixes = ("ajout_seul", "sans_vidage") if postgresql else ("sans_update", "sans_delete")
        for nom, table in ((f"{table}_{suffixe}", table) for table in tables for suffixe in suffixes):
            schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if postgresql else ""))

    return SansModele(poser, lever)


def refuser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS.replace(chr(39), chr(39) * 2)}'; END $$"
        )


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


REFUSER = SansModele(refuser, migrations.RunPython.noop)
GARDES = [REFUSER, *(ajout_seul(tables) for tables in (DU_JOURNAL, DES_TEMOINS, DE_LA_CADENCE))]
