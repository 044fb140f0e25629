"""Le remplissage et les têtes publiques : ajoutés, jamais changés.."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("journal_remplissage", "journal_publication")
ajout_seul = import_module("beffroi.journal.migrations.0002_ajout_seul")


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        for ordre in ajout_seul.ordres(schema_editor.connection.vendor, table):
            schema_editor.execute(ordre)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_cosignatures")]
    operations = [
        migrations.CreateModel(
            name="Remplissage",
            fields=[
                ("debut", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("fin", models.PositiveBigIntegerField()),
                ("graine", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ["debut"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gt", models.F("debut"))), name="un_remplissage_remplit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("rang", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="journal.pointdecontrole",
                    ),
                ),
            ],
            options={"ordering": ["rang"]},
        ),
        # Défaire la migration emporte les tables, et leurs déclencheurs avec elles.
        migrations.RunPython(poser, migrations.RunPython.noop),
    ]
