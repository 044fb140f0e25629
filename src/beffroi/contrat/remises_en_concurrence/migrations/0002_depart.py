"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.contrat.remises_en_concurrence.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("remises_en_concurrence", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart"), ("marches", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="RemiseEnConcurrence",
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
                                default=beffroi.contrat.remises_en_concurrence.models.reference_de_remise,
                                max_length=20,
                                unique=True,
                            ),
                        ),
                        ("besoin", models.TextField()),
                        ("criteres", models.TextField(verbose_name="critères, tels que l'accord-cadre les fixe")),
                        (
                            "estimation",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="estimation, hors taxes",
                            ),
                        ),
                        ("ouverte_le", models.DateTimeField()),
                        (
                            "accord_cadre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remises_en_concurrence",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remise_en_concurrence",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "ouverte_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ouverte_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("besoin", ""), _negated=True), models.Q(("criteres", ""), _negated=True)
                                ),
                                name="une_remise_dit_son_besoin_et_ses_criteres",
                            )
                        ],
                    },
                )
            ]
        )
    ]
