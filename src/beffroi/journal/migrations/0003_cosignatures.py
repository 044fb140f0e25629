"""Les signatures des témoins : ajoutées, jamais changées."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "journal_cosignature"
ajout_seul = import_module("beffroi.journal.migrations.0002_ajout_seul")


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for ordre in ajout_seul.ordres(schema_editor.connection.vendor, TABLE):
        schema_editor.execute(ordre)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_ajout_seul")]
    operations = [
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("temoin", models.CharField(max_length=120)),
                ("ligne", models.CharField(max_length=400)),
                ("recue_le", models.DateTimeField()),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="journal.pointdecontrole",
                    ),
                ),
            ],
            options={
                "ordering": ["temoin"],
                "constraints": [
                    models.UniqueConstraint(fields=("point", "temoin"), name="une_cosignature_par_temoin")
                ],
            },
        ),
        # Défaire la migration emporte la table, et ses déclencheurs avec elle.
        migrations.RunPython(poser, migrations.RunPython.noop),
    ]
