"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("donnees_ouvertes", "0001_fil_public"),
        ("donnees_ouvertes", "0002_faits_deja_publics"),
        ("donnees_ouvertes", "0003_question"),
    ]

    initial = True

    dependencies = [("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="FaitPublic",
                    fields=[
                        ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("publication", "La consultation est publiée"),
                                    ("document", "Un document a changé"),
                                    ("delai", "L'heure limite a changé"),
                                    ("sans_suite", "La consultation est sans suite"),
                                    ("gardiens", "Les gardiens des clés sont appelés"),
                                    ("question", "Une réponse est donnée à une question"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("texte", models.CharField(max_length=500)),
                        ("le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="faits_publics",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={"ordering": ["sequence"]},
                )
            ]
        )
    ]
