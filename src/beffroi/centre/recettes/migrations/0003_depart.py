"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.recettes.models
from beffroi.centre.recettes.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("recettes", "0001_initiale"), ("recettes", "0002_rien_ne_se_recrit")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("contributions", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ImportDeRecettes",
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
                                default=beffroi.centre.recettes.models.reference_d_import, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[("titres", "Titres de recette"), ("paiements", "Paiements")], max_length=9
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("depose_le", models.DateTimeField()),
                        ("applique_le", models.DateTimeField(blank=True, null=True)),
                        ("inscrits", models.PositiveIntegerField(default=0, verbose_name="lignes inscrites")),
                        ("a_rapprocher", models.PositiveIntegerField(default=0, verbose_name="dont sans titre connu")),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-depose_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("applique_le__isnull", False)),
                                fields=("sha256",),
                                name="un_fichier_de_recettes_ne_s_applique_qu_une_fois",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TitreDeRecette",
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
                                default=beffroi.centre.recettes.models.reference_de_titre, max_length=16, unique=True
                            ),
                        ),
                        ("exercice", models.PositiveSmallIntegerField(verbose_name="exercice comptable")),
                        ("numero", models.PositiveIntegerField(verbose_name="numéro du titre")),
                        ("emis_le", models.DateField()),
                        ("montant", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("note_le", models.DateTimeField()),
                        ("annule_le", models.DateField(blank=True, null=True)),
                        ("motif_d_annulation", models.CharField(blank=True, max_length=300)),
                        (
                            "annule_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="titres",
                                to="contributions.contribution",
                            ),
                        ),
                        (
                            "importe_de",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="titres",
                                to="recettes.importderecettes",
                            ),
                        ),
                        (
                            "note_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["exercice", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("exercice", "numero"), name="un_titre_par_numero_et_exercice"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("annule_le", None)),
                                fields=("contribution",),
                                name="un_titre_en_cours_par_contribution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="un_titre_demande_quelque_chose"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("annule_le", None), ("annule_par", None), ("motif_d_annulation", "")),
                                    models.Q(
                                        ("annule_le__isnull", False),
                                        ("annule_par__isnull", False),
                                        models.Q(("motif_d_annulation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_annulation_s_explique",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paiement",
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
                                default=beffroi.centre.recettes.models.reference_de_paiement, max_length=16, unique=True
                            ),
                        ),
                        (
                            "numero",
                            models.CharField(max_length=60, verbose_name="référence du comptable ou de la banque"),
                        ),
                        ("recu_le", models.DateField(verbose_name="encaissé le")),
                        ("montant", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "libelle",
                            models.CharField(blank=True, max_length=200, verbose_name="ce que le relevé en dit"),
                        ),
                        ("note_le", models.DateTimeField()),
                        ("contrepasse_le", models.DateField(blank=True, null=True, verbose_name="contre-passé le")),
                        ("motif_de_contrepassation", models.CharField(blank=True, max_length=300)),
                        (
                            "contrepasse_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "importe_de",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paiements",
                                to="recettes.importderecettes",
                            ),
                        ),
                        (
                            "note_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "titre",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paiements",
                                to="recettes.titrederecette",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-recu_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("contrepasse_le", None)),
                                fields=("numero",),
                                name="un_encaissement_ne_se_note_qu_une_fois",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="un_paiement_apporte_quelque_chose"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("numero", ""), _negated=True), name="un_paiement_a_sa_reference"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("contrepasse_le", None),
                                        ("contrepasse_par", None),
                                        ("motif_de_contrepassation", ""),
                                    ),
                                    models.Q(
                                        ("contrepasse_le__isnull", False),
                                        ("contrepasse_par__isnull", False),
                                        models.Q(("motif_de_contrepassation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_contrepassation_s_explique",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
