"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from django.db import migrations, models

import beffroi.service.aide.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("aide", "0001_initiale")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="DemandeDeRappel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=beffroi.service.aide.models.reference_de_rappel, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("telephone", models.CharField(max_length=30)),
                        ("numero", models.CharField(max_length=20, verbose_name="le même, chiffres seuls")),
                        ("sujet", models.TextField()),
                        (
                            "consultation",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="référence, telle que la personne la dit"
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("au_plus_tot", "Dès que possible"),
                                    ("matin", "Plutôt le matin"),
                                    ("apres_midi", "Plutôt l'après-midi"),
                                ],
                                default="au_plus_tot",
                                max_length=12,
                            ),
                        ),
                        ("demandee_le", models.DateTimeField()),
                        ("rappelee_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["demandee_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("rappelee_le", None)),
                                fields=("numero",),
                                name="un_rappel_en_attente_par_numero",
                            )
                        ],
                    },
                )
            ]
        )
    ]
