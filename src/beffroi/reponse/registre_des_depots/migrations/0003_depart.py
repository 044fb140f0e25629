"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("registre_des_depots", "0001_initiale"), ("registre_des_depots", "0002_tirages")]

    initial = True

    dependencies = [("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="RegistreScelle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("nombre", models.PositiveIntegerField()),
                        ("scelle_le", models.DateTimeField()),
                        ("ecriture", models.PositiveBigIntegerField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registres_scelles",
                                to="consultations.consultation",
                            ),
                        ),
                        ("numero", models.PositiveIntegerField(default=1)),
                        ("documents", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "db_table": "ouverture_registrescelle",
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "numero"), name="un_numero_par_tirage")
                        ],
                        "ordering": ["consultation", "numero"],
                    },
                )
            ]
        )
    ]
