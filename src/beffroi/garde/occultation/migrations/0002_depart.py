"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.garde.occultation.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("communications", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="DocumentOcculte",
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
                                default=beffroi.garde.occultation.models.reference_de_document, max_length=20, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier rendu")),
                        ("pages", models.PositiveIntegerField()),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("sha256_d_origine", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("comptes", models.JSONField(default=list)),
                        ("a_regarder", models.JSONField(default=list)),
                        ("fait_le", models.DateTimeField()),
                        ("expire_le", models.DateTimeField()),
                        (
                            "demande_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["-fait_le", "-pk"]},
                )
            ]
        )
    ]
