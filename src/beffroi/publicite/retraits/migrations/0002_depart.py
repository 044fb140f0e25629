"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.publicite.retraits.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("retraits", "0001_initiale")]

    initial = True

    dependencies = [("consultations", "0013_depart"), ("entreprises", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Retirant",
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
                                default=beffroi.publicite.retraits.models.reference_de_retirant, max_length=20, unique=True
                            ),
                        ),
                        ("entreprise", models.CharField(blank=True, max_length=200)),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("nomme_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retirants",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retraits",
                                to="entreprises.etablissement",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "entreprise", "courriel", "etablissement"),
                                name="un_retirant_par_nom_et_adresse",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("courriel", ""), ("entreprise", ""), ("etablissement", None), _negated=True
                                ),
                                name="un_retirant_se_nomme",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetraitDce",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retraits",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.piecedce",
                            ),
                        ),
                        (
                            "retirant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retraits",
                                to="retraits.retirant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["le", "pk"],
                        "indexes": [models.Index(fields=["consultation", "le"], name="retrait_par_consultation")],
                    },
                ),
                migrations.CreateModel(
                    name="TirageDesRetraits",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveIntegerField(default=1)),
                        ("sha256", models.CharField(max_length=64)),
                        ("nombre", models.PositiveIntegerField()),
                        ("documents", models.JSONField(blank=True, default=dict)),
                        ("scelle_le", models.DateTimeField()),
                        ("ecriture", models.PositiveBigIntegerField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tirages_des_retraits",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["consultation", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "numero"), name="un_tirage_des_retraits_par_numero"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
