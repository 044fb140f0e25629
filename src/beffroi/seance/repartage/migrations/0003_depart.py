"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("repartage", "0001_initiale"), ("repartage", "0002_demande_ecrite")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Repartage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "voie",
                            models.CharField(
                                choices=[("membres", "Avec nos parts"), ("gardiens", "Avec deux gardiens de secours")],
                                max_length=10,
                            ),
                        ),
                        ("demande_le", models.DateTimeField()),
                        ("relais_candidature", models.BinaryField(blank=True, default=bytes)),
                        ("relais_offre", models.BinaryField(blank=True, default=bytes)),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repartage",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "demande_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "premiere",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seconde",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("vers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                        (
                            "demande_ecrite",
                            models.CharField(
                                blank=True, help_text="Demande qui fonde le recours aux gardiens.", max_length=200
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("premiere", None), ("seconde", None)),
                                    models.Q(
                                        ("premiere__isnull", False),
                                        ("seconde__isnull", False),
                                        models.Q(("premiere", models.F("seconde")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="relais_a_deux_personnes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("voie", "gardiens"), _negated=True),
                                    models.Q(("demande_ecrite", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="recours_sur_demande_ecrite",
                            ),
                        ]
                    },
                )
            ]
        )
    ]
