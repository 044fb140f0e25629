"""Un dépôt d'essai de la plateforme s'efface, son écriture reste ; la base refuse toujours d'effacer celui d'une entreprise."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from beffroi.journal.faits_immuables import POSTGRESQL

TEXTE = "un dépôt ne se modifie pas : il prouve"
FONCTION = "depots_garder"
DU_PLI = "FROM depots_pli p JOIN consultations_consultation c ON c.id = p.consultation_id"
# Pour chaque table gardée : ce qui dit que la ligne vient de la consultation technique. {ligne} est celle qu'on efface.
ESSAI = {
    "depots_pli": "FROM consultations_consultation c WHERE c.id = {ligne}.consultation_id AND c.technique",
    "depots_accusedereception": f"{DU_PLI} WHERE p.id = {{ligne}}.pli_id AND c.technique",
    "depots_enveloppe": f"{DU_PLI} WHERE p.id = {{ligne}}.pli_id AND c.technique",
    "depots_enveloppe_fichiers": (
        f"{DU_PLI} JOIN depots_enveloppe e ON e.pli_id = p.id WHERE e.id = {{ligne}}.enveloppe_id AND c.technique"
    ),
}
SUR_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {FONCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d_essai boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (SELECT 1 ' || TG_ARGV[0] || ')' INTO d_essai USING OLD;
  IF d_essai THEN RETURN OLD; END IF;
  RAISE EXCEPTION '{TEXTE}';
END $$"""


def garder_sauf_les_essais(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == POSTGRESQL
    if postgresql:
        schema_editor.execute(SUR_POSTGRESQL)
    for table, essai in ESSAI.items():
        lever(schema_editor, table)
        debut = f"CREATE TRIGGER {table}_garde BEFORE DELETE ON {table}"
        if postgresql:
            appel = f"{FONCTION}('{essai.format(ligne='($1)')}')"
            schema_editor.execute(f"{debut} FOR EACH ROW EXECUTE FUNCTION {appel}")
        else:
            garde = f"WHEN NOT EXISTS (SELECT 1 {essai.format(ligne='OLD')})"
            schema_editor.execute(f"{debut} {garde} BEGIN SELECT RAISE(ABORT, '{TEXTE}'); END")


def garder_tout(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Comme avant : la fonction `depots_refuser` est celle de la migration 0002."""
    postgresql = schema_editor.connection.vendor == POSTGRESQL
    for table in ESSAI:
        lever(schema_editor, table)
        suite = "FOR EACH ROW EXECUTE FUNCTION depots_refuser()" if postgresql else f"BEGIN SELECT RAISE(ABORT, '{TEXTE}'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_garde BEFORE DELETE ON {table} {suite}")


def lever(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    sur = f" ON {table}" if schema_editor.connection.vendor == POSTGRESQL else ""
    schema_editor.execute(f"DROP TRIGGER {table}_garde{sur}")


class Migration(migrations.Migration):
    dependencies = [("depots", "0005_tours_d_offres"), ("consultations", "0011_technique")]
    operations = [migrations.RunPython(garder_sauf_les_essais, garder_tout)]
