"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.publicite.recherche.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("recherche", "0001_initiale"), ("recherche", "0002_fiche_par_limite")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="AcheteurIndexe",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("siren", models.CharField(max_length=9, unique=True)),
                        ("nom", models.CharField(max_length=200)),
                        ("nom_replie", models.CharField(max_length=400)),
                        ("ville", models.CharField(blank=True, max_length=120)),
                        ("departement", models.CharField(blank=True, max_length=3)),
                    ],
                    options={"ordering": ["nom", "siren"]},
                ),
                migrations.CreateModel(
                    name="MotConnu",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mot", models.CharField(max_length=40, unique=True)),
                        ("ecrit", models.CharField(max_length=60, verbose_name="avec ses accents")),
                        ("racine", models.CharField(db_index=True, max_length=40)),
                    ],
                    options={"ordering": ["mot"]},
                ),
                migrations.CreateModel(
                    name="FicheIndexee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        ("titre", models.CharField(max_length=200)),
                        ("acheteur", models.CharField(max_length=200)),
                        ("siren", models.CharField(max_length=9)),
                        ("lieu", models.CharField(blank=True, max_length=200)),
                        ("departement", models.CharField(blank=True, max_length=3)),
                        ("nature", models.CharField(max_length=12)),
                        ("procedure", models.CharField(max_length=40)),
                        ("nombre_de_lots", models.PositiveSmallIntegerField(default=0)),
                        ("publiee_le", models.DateTimeField()),
                        ("limite", models.DateTimeField()),
                        ("sans_suite_le", models.DateTimeField(blank=True, null=True)),
                        ("modifiee_le", models.DateTimeField()),
                        (
                            "reports",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="changements de l'heure limite, abandon compris"
                            ),
                        ),
                        (
                            "versions",
                            models.PositiveIntegerField(default=0, verbose_name="changements publiés, de toute sorte"),
                        ),
                        ("en_cours", models.BooleanField(default=True)),
                        ("jetons", models.TextField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("en_cours", True)), fields=["limite", "id"], name="fiche_en_cours"
                            ),
                            models.Index(
                                condition=models.Q(("en_cours", True)),
                                fields=["siren", "limite"],
                                name="fiche_par_acheteur",
                            ),
                            models.Index(fields=["publiee_le"], name="fiche_par_publication"),
                            models.Index(fields=["limite"], name="fiche_par_limite"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResteDeMot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reste", models.CharField(max_length=40)),
                        (
                            "mot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="restes",
                                to="recherche.motconnu",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("reste", "mot"), name="un_reste_par_mot")]
                    },
                ),
            ]
        ),
        *GARDES,
    ]
