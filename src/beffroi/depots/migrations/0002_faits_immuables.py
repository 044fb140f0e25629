"""La base elle-même refuse de changer ce qui prouve : l'heure, le délai, l'entreprise, le récépissé. Un pli ne s'efface pas."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PLI = "depots_pli"
FIXES = (
    "reference", "consultation_id", "brouillon_id", "entreprise_id", "etablissement_id", "depose_par_id", "lots",
    "groupement", "cle_d_idempotence", "debut_transmission", "fin_transmission", "recu_le", "date_limite", "hors_delai",
    "remplace_id", "version_client",
)  # fmt: skip
ACCUSE = "depots_accusedereception"
ENVELOPPE = "depots_enveloppe"
SANS_RETOUCHE = (ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers")
SANS_RETRAIT = (PLI, ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers", "depots_depotmateriel")
REFUS = "un dépôt ne se modifie pas : il prouve"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION depots_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS}'; END $$"
        )
    for nom, quand, table, condition in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition))


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str]]:
    differe = "IS DISTINCT FROM" if moteur == "postgresql" else "IS NOT"
    # L’écriture et le retrait se posent une fois, puis ne bougent plus.
    changes = [f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in FIXES]
    changes.append(f"(OLD.ecriture IS NOT NULL AND OLD.ecriture {differe} NEW.ecriture)")
    changes.append(f"(OLD.retire_le IS NOT NULL AND OLD.retire_le {differe} NEW.retire_le)")
    yield "depots_pli_fige", "UPDATE", PLI, " OR ".join(changes)
    for table in SANS_RETOUCHE:
        yield f"{table}_fige", "UPDATE", table, ""
    for table in SANS_RETRAIT:
        yield f"{table}_garde", "DELETE", table, ""


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}EXECUTE FUNCTION depots_refuser()"
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("depots", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]
