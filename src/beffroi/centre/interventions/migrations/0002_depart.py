"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.interventions.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("interventions", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ImportDAgents",
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
                                default=beffroi.centre.interventions.models.reference_d_import, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("depose_le", models.DateTimeField()),
                        ("motif", models.CharField(blank=True, max_length=300)),
                        ("applique_le", models.DateTimeField(blank=True, null=True)),
                        ("agents", models.PositiveIntegerField(default=0)),
                        ("organismes", models.PositiveIntegerField(default=0)),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["-depose_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="Intervention",
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
                                default=beffroi.centre.interventions.models.reference_d_intervention,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("assistance", "Assistance"),
                                    ("mise_en_place", "Première mise en place"),
                                    ("en_nombre", "Import d'un tableau"),
                                ],
                                default="assistance",
                                max_length=14,
                            ),
                        ),
                        ("motif", models.CharField(max_length=300)),
                        (
                            "demande",
                            models.CharField(
                                blank=True,
                                max_length=120,
                                verbose_name="ce qui l'a demandée : un appel, un courriel, un ticket",
                            ),
                        ),
                        ("prevu", models.TextField(blank=True, max_length=1000, verbose_name="ce qui va être fait")),
                        (
                            "accord",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="qui, chez l'organisme, en est d'accord"
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("ouverte_le", models.DateTimeField()),
                        ("expire_le", models.DateTimeField()),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "cloture",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("finie", "Finie par le centre"),
                                    ("expiree", "Arrivée à son heure"),
                                    ("arretee", "Arrêtée par l'organisme"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "bilan",
                            models.TextField(blank=True, max_length=1000, verbose_name="ce qui a été fait, en clair"),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interventions",
                                to="organismes.organisme",
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
                            models.UniqueConstraint(
                                condition=models.Q(("close_le", None)),
                                fields=("organisme", "ouverte_par"),
                                name="une_intervention_ouverte_par_agent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 480)),
                                name="une_intervention_est_bornee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("close_le", None), ("cloture", "")),
                                    models.Q(("close_le__isnull", False), models.Q(("cloture", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="une_intervention_close_dit_comment",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
