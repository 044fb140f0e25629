"""Un dépôt matériel ne se modifie pas non plus : la base refusait de l'effacer, elle refuse aussi de le changer."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "depots_depotmateriel"
NOM = f"{TABLE}_fige"
REFUS = "un dépôt ne se modifie pas : il prouve"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        suite = "FOR EACH ROW EXECUTE FUNCTION depots_refuser()"
    else:
        suite = f"BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
    schema_editor.execute(f"CREATE TRIGGER {NOM} BEFORE UPDATE ON {TABLE} {suite}")


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NOM}{sur}")


class Migration(migrations.Migration):
    dependencies = [("depots", "0003_scellement_unique")]
    operations = [migrations.RunPython(poser, lever)]
