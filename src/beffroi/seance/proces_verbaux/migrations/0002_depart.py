"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.seance.proces_verbaux.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("proces_verbaux", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("ouverture", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ProcesVerbal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("contenu", models.JSONField()),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("sha256", models.CharField(max_length=64)),
                        ("etabli_le", models.DateTimeField()),
                        ("ecriture", models.PositiveBigIntegerField()),
                        (
                            "seance",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proces_verbal",
                                to="ouverture.seance",
                            ),
                        ),
                    ],
                    options={"db_table": "ouverture_procesverbal"},
                ),
                migrations.CreateModel(
                    name="ProcesVerbalSigne",
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
                                default=beffroi.seance.proces_verbaux.models.reference_de_signature, max_length=16, unique=True
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("manuscrite", "Signé à la main, puis numérisé"),
                                    ("parapheur", "Signé sur un parapheur électronique"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("signataires", models.JSONField()),
                        ("taille", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("depose_le", models.DateTimeField()),
                        ("ecriture", models.PositiveBigIntegerField()),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proces_verbal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signes",
                                to="proces_verbaux.procesverbal",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "ouverture_procesverbalsigne",
                        "ordering": ["depose_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proces_verbal", "sha256"), name="un_document_signe_se_depose_une_fois"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
