"""La base elle-même refuse de changer une fiche publiée, ses titulaires, ce qui s'y est ajouté (CCP, art. L. 2196-2)."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FICHE, TITULAIRE, AJOUT = (f"donnees_essentielles_{nom}" for nom in ("fichedecontrat", "titulairedefiche", "ajoutafiche"))
PUBLIEE = "OLD.publiee_le IS NOT NULL"
REFUS = "une fiche publiée ne se modifie pas : elle se complète"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur, texte = schema_editor.connection.vendor, REFUS.replace("'", "''")
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION donnees_essentielles_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{texte}'; END $$"
        )
    for nom, quand, table, condition in declencheurs():
        schema_editor.execute(ordre(moteur, nom, quand, table, condition))


def declencheurs() -> Iterator[tuple[str, str, str, str]]:
    for table, condition in ((FICHE, PUBLIEE), (TITULAIRE, ""), (AJOUT, "")):
        yield f"{table}_fige", "UPDATE", table, condition
        yield f"{table}_garde", "DELETE", table, condition


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return (
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}"
            "EXECUTE FUNCTION donnees_essentielles_refuser()"
        )
    texte = REFUS.replace("'", "''")
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{texte}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _ in declencheurs():
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("donnees_essentielles", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]
