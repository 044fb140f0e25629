"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("signatures", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("ouverture", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="VerificationDeSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "issue",
                            models.CharField(
                                choices=[
                                    ("non_signe", "Non signé"),
                                    ("TOTAL-PASSED", "Signature valable"),
                                    ("INDETERMINATE", "Signature à examiner"),
                                    ("TOTAL-FAILED", "Signature non valable"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("rapport", models.JSONField()),
                        ("faite_le", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                help_text="Le document que signe ce fichier, quand la signature en est détachée.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications_detachees",
                                to="ouverture.fichierouvert",
                            ),
                        ),
                        (
                            "fichier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="ouverture.fichierouvert",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="ConfirmationDuSignataire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("engage", models.BooleanField(help_text="Le signataire peut engager l'entreprise.")),
                        ("fondement", models.TextField()),
                        ("confirmee_le", models.DateTimeField()),
                        (
                            "confirmee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="signatures.verificationdesignature",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fondement", ""), _negated=True),
                                name="une_confirmation_dit_son_fondement",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
