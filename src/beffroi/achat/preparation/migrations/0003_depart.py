"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("preparation", "0001_initiale"), ("preparation", "0002_reprise")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Preparation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reponses", models.JSONField(blank=True, default=dict)),
                        (
                            "saisies",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Les saisies fautives, telles quelles, par question.",
                            ),
                        ),
                        ("achat_gele", models.TextField(blank=True)),
                        ("date_de_reference", models.DateField(blank=True, null=True)),
                        ("version_des_tables", models.CharField(blank=True, max_length=20)),
                        ("empreinte_des_tables", models.CharField(blank=True, max_length=64)),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preparation",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "a_confirmer",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Les questions reprises que personne n'a encore relues.",
                            ),
                        ),
                        (
                            "reprise_de",
                            models.CharField(
                                blank=True,
                                help_text="La référence de la consultation dont les réponses sont reprises.",
                                max_length=16,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("achat_gele", ""), ("date_de_reference", None), ("empreinte_des_tables", "")
                                    ),
                                    models.Q(
                                        models.Q(("achat_gele", ""), _negated=True),
                                        models.Q(("empreinte_des_tables", ""), _negated=True),
                                        ("date_de_reference__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="achat_gele_avec_ses_tables",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="ChoixMotive",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cle", models.CharField(max_length=40)),
                        ("valeurs", models.JSONField()),
                        ("libelle", models.CharField(max_length=300)),
                        ("motif", models.TextField()),
                        ("le", models.DateTimeField()),
                        (
                            "par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="choix",
                                to="preparation.preparation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="un_choix_dit_pourquoi"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
