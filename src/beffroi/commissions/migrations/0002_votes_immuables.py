"""La base elle-même refuse de changer un vote, un retrait, une dispense, ou une réunion close : on en inscrit un autre."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REUNION = "commissions_reunion"
FIGEES = ("commissions_deliberation", "commissions_deport", "commissions_dispense")
# Une fois close, la réunion ne reçoit plus que son exemplaire signé, une seule fois.
CLOSES = ("prevue_le", "lieu", "a_distance", "suite_de_id", "convoquee_le", "motif_du_delai", "close_le", "close_par_id",
          "odt", "sha256_odt", "pdf", "sha256_pdf")  # fmt: skip
SIGNEES = ("signe", "sha256_signe", "nom_du_signe", "signe_recu_le")
REFUS = "un vote inscrit, une réunion close ne se modifient pas : ils prouvent"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION commissions_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS}'; END $$"
        )
    for nom, quand, table, condition in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition))


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str]]:
    differe = "IS DISTINCT FROM" if moteur == "postgresql" else "IS NOT"
    for table in FIGEES:
        yield f"{table}_fige", "UPDATE", table, ""
        yield f"{table}_garde", "DELETE", table, ""
    close = " OR ".join(f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in CLOSES)
    signee = " OR ".join(f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in SIGNEES)
    yield f"{REUNION}_close", "UPDATE", REUNION, f"OLD.close_le IS NOT NULL AND ({close})"
    yield f"{REUNION}_signee", "UPDATE", REUNION, f"OLD.signe <> '' AND ({signee})"
    yield f"{REUNION}_garde", "DELETE", REUNION, "OLD.convoquee_le IS NOT NULL"


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}EXECUTE FUNCTION commissions_refuser()"
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("commissions", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]
