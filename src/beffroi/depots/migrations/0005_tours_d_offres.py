"""Une réponse répond à une invitation, un pli est d'un tour : la base refuse d'en changer, comme du reste du pli."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "depots_pli"
NOM = f"{TABLE}_tour_fige"
REFUS = "un dépôt ne se modifie pas : il prouve"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        suite = "WHEN (OLD.tour_id IS DISTINCT FROM NEW.tour_id) EXECUTE FUNCTION depots_refuser()"
        schema_editor.execute(f"CREATE TRIGGER {NOM} BEFORE UPDATE ON {TABLE} FOR EACH ROW {suite}")
        return
    suite = f"WHEN (OLD.tour_id IS NOT NEW.tour_id) BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
    schema_editor.execute(f"CREATE TRIGGER {NOM} BEFORE UPDATE ON {TABLE} {suite}")


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NOM}{sur}")


class Migration(migrations.Migration):
    dependencies = [("depots", "0004_depots_materiels_figes"), ("tours", "0001_initiale")]
    operations = [
        migrations.AddField(
            model_name="brouillondereponse",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="brouillons",
                to="tours.invitation",
            ),
        ),
        migrations.AddField(
            model_name="pli",
            name="tour",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plis",
                to="tours.tour",
            ),
        ),
        migrations.RunPython(poser, lever),
    ]
