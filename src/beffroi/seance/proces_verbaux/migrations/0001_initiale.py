"""Reprend les tables que `ouverture` a créées : aucune écriture en base."""

import beffroi.seance.proces_verbaux.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ouverture", "0002_commission_et_signature"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ProcesVerbal",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        ),
    ]
