"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("alertes", "0001_initiale")]

    initial = True

    dependencies = [("abonnements", "0003_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ConsultationParue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        ("parue_le", models.DateTimeField()),
                        ("annoncee_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("annoncee_le", None)), fields=["id"], name="parue_a_annoncer"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trouvaille",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("trouvee_le", models.DateTimeField()),
                        (
                            "parue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trouvailles",
                                to="alertes.consultationparue",
                            ),
                        ),
                        (
                            "suivi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trouvailles",
                                to="abonnements.suivi",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("suivi", "parue"), name="une_trouvaille_par_recherche")
                        ],
                    },
                ),
            ]
        )
    ]
