"""Reprend la table que `ouverture` a créée : aucune écriture en base."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("consultations", "0001_initiale"),
        ("ouverture", "0002_commission_et_signature"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="RegistreScelle",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("sha256", models.CharField(max_length=64)),
                        ("nombre", models.PositiveIntegerField()),
                        ("scelle_le", models.DateTimeField()),
                        ("ecriture", models.PositiveBigIntegerField()),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registre_scelle",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={"db_table": "ouverture_registrescelle"},
                ),
            ]
        ),
    ]
