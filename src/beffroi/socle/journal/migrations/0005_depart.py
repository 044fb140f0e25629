"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.socle.journal.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("journal", "0001_initiale"),
        ("journal", "0002_ajout_seul"),
        ("journal", "0003_cosignatures"),
        ("journal", "0004_cadence"),
    ]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Noeud",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "niveau", "indice", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("niveau", models.PositiveSmallIntegerField()),
                        ("indice", models.PositiveBigIntegerField()),
                        ("empreinte", models.BinaryField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="PointDeControle",
                    fields=[
                        ("taille", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("note", models.TextField()),
                        ("signe_le", models.DateTimeField()),
                    ],
                    options={"ordering": ["taille"]},
                ),
                migrations.CreateModel(
                    name="Ecriture",
                    fields=[
                        ("numero", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("acte", models.CharField(max_length=60)),
                        ("sujet", models.CharField(max_length=80)),
                        ("organisme", models.CharField(blank=True, max_length=40)),
                        ("acteur_reference", models.CharField(max_length=80)),
                        ("acteur_libelle", models.CharField(max_length=250)),
                        ("le", models.DateTimeField()),
                        ("contenu", models.TextField()),
                        ("jeton", models.BinaryField()),
                        ("feuille", models.BinaryField(max_length=64)),
                    ],
                    options={
                        "ordering": ["numero"],
                        "indexes": [
                            models.Index(fields=["sujet", "numero"], name="ecriture_par_sujet"),
                            models.Index(fields=["acte", "numero"], name="ecriture_par_acte"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JetonQualifie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "objet",
                            models.CharField(
                                choices=[("ecriture", "Écriture"), ("point_de_controle", "Point de contrôle")],
                                max_length=20,
                            ),
                        ),
                        ("numero", models.PositiveBigIntegerField()),
                        ("jeton", models.BinaryField()),
                        ("autorite", models.CharField(max_length=250)),
                        ("horodate_le", models.DateTimeField()),
                        ("recu_le", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("objet", "numero"), name="un_jeton_qualifie_par_objet")
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Cosignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("temoin", models.CharField(max_length=120)),
                        ("ligne", models.CharField(max_length=400)),
                        ("recue_le", models.DateTimeField()),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cosignatures",
                                to="journal.pointdecontrole",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["temoin"],
                        "constraints": [
                            models.UniqueConstraint(fields=("point", "temoin"), name="une_cosignature_par_temoin")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remplissage",
                    fields=[
                        ("debut", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("fin", models.PositiveBigIntegerField()),
                        ("graine", models.BinaryField(max_length=32)),
                    ],
                    options={
                        "ordering": ["debut"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fin__gt", models.F("debut"))), name="un_remplissage_remplit"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        ("rang", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        (
                            "point",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication",
                                to="journal.pointdecontrole",
                            ),
                        ),
                    ],
                    options={"ordering": ["rang"]},
                ),
            ]
        ),
        *GARDES,
    ]
