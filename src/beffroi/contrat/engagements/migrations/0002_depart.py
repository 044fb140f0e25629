"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import beffroi.contrat.engagements.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("engagements", "0001_initiale")]

    initial = True

    dependencies = [("depots", "0007_depart"), ("echanges", "0006_depart"), ("marches", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Engagement",
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
                                default=beffroi.contrat.engagements.models.reference_d_engagement, max_length=16, unique=True
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField(verbose_name="sa place parmi les titulaires")),
                        (
                            "siret",
                            models.CharField(
                                max_length=18,
                                verbose_name="SIRET, ou identifiant étranger ; en groupement, celui du mandataire",
                            ),
                        ),
                        ("nom", models.CharField(max_length=200)),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="montant de son offre, hors taxes"
                            ),
                        ),
                        (
                            "titulaire_le",
                            models.DateField(blank=True, null=True, verbose_name="signé par le titulaire le"),
                        ),
                        (
                            "acheteur_le",
                            models.DateField(blank=True, null=True, verbose_name="signé par l'acheteur le"),
                        ),
                        ("envoyee_le", models.DateField(blank=True, null=True, verbose_name="notification envoyée le")),
                        ("recue_le", models.DateField(blank=True, null=True, verbose_name="notification reçue le")),
                        (
                            "exemplaire_du_titulaire",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="marches.piecedumarche",
                                verbose_name="l'exemplaire que le titulaire a signé",
                            ),
                        ),
                        (
                            "exemplaire_signe",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="marches.piecedumarche",
                                verbose_name="l'exemplaire signé des deux parties",
                            ),
                        ),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="engagements",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "notification",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="echanges.exemplaire",
                                verbose_name="par la messagerie",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="engagements",
                                to="depots.pli",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["marche", "rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("marche", "rang"), name="un_engagement_par_rang"),
                            models.UniqueConstraint(fields=("marche", "siret"), name="un_engagement_par_titulaire"),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", Decimal("0"))), name="un_engagement_a_un_montant"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("exemplaire_du_titulaire", None), ("titulaire_le", None)),
                                    models.Q(
                                        ("exemplaire_du_titulaire__isnull", False), ("titulaire_le__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="un_engagement_signe_garde_son_exemplaire",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acheteur_le", None), ("exemplaire_signe", None)),
                                    models.Q(
                                        ("acheteur_le__gte", models.F("titulaire_le")),
                                        ("exemplaire_signe__isnull", False),
                                        ("titulaire_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="l_acheteur_signe_apres_le_titulaire",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recue_le", None),
                                    models.Q(
                                        ("acheteur_le__isnull", False), ("recue_le__gte", models.F("acheteur_le"))
                                    ),
                                    _connector="OR",
                                ),
                                name="un_engagement_se_recoit_une_fois_signe",
                            ),
                        ],
                    },
                )
            ]
        )
    ]
