"""Le remplissage et les têtes publiques : ajoutés, jamais changés.."""

import django.db.models.deletion
from django.db import migrations, models
from beffroi.socle.journal.migrations._gardes import DE_LA_CADENCE, ajout_seul


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
        ajout_seul(DE_LA_CADENCE),
    ]
