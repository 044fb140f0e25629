"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from django.db import migrations, models

import beffroi.socle.fondations.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("socle", "0001_initiale"), ("socle", "0002_courriels_refuses")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Numerotation",
                    fields=[
                        ("suite", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("dernier", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Courriel",
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
                                default=beffroi.socle.fondations.models.reference_de_courriel, max_length=20, unique=True
                            ),
                        ),
                        ("cle", models.CharField(max_length=120, unique=True)),
                        ("destinataire", models.EmailField(max_length=254)),
                        ("sujet", models.CharField(max_length=250)),
                        ("texte", models.TextField()),
                        ("pieces", models.JSONField(blank=True, default=list)),
                        ("ecrit_le", models.DateTimeField()),
                        (
                            "envoye_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="accepté par le serveur"),
                        ),
                        (
                            "arret",
                            models.CharField(blank=True, max_length=300, verbose_name="adresse de l'arrêt en un clic"),
                        ),
                        (
                            "confie_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="corps livré au serveur"),
                        ),
                        ("refus", models.CharField(blank=True, max_length=500, verbose_name="pourquoi")),
                        ("refuse_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("envoye_le", None)), fields=["id"], name="courriel_a_envoyer"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Tache",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("chemin", models.CharField(max_length=200)),
                        ("arguments", models.JSONField()),
                        ("file", models.CharField(default="default", max_length=40)),
                        ("priorite", models.SmallIntegerField(default=0)),
                        ("pas_avant", models.DateTimeField()),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("prete", "Prête"),
                                    ("en_cours", "En cours"),
                                    ("faite", "Faite"),
                                    ("abandonnee", "Abandonnée"),
                                ],
                                default="prete",
                                max_length=12,
                            ),
                        ),
                        ("bail_jusqu_a", models.DateTimeField(blank=True, null=True)),
                        ("ouvrier", models.CharField(blank=True, max_length=80)),
                        ("essais", models.PositiveSmallIntegerField(default=0)),
                        ("essais_permis", models.PositiveSmallIntegerField(default=12)),
                        ("erreur", models.TextField(blank=True)),
                        ("unicite", models.CharField(blank=True, max_length=200, null=True, unique=True)),
                        ("creee_le", models.DateTimeField()),
                        ("finie_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("etat", "prete")),
                                fields=["-priorite", "pas_avant", "id"],
                                name="tache_prete",
                            ),
                            models.Index(
                                condition=models.Q(("etat", "en_cours")), fields=["bail_jusqu_a"], name="tache_en_cours"
                            ),
                        ]
                    },
                ),
            ]
        )
    ]
