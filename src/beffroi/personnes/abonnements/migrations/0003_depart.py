"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.personnes.abonnements.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("abonnements", "0001_initiale"), ("abonnements", "0002_page_sans_limite")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="AdresseAbonnee",
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
                                default=beffroi.personnes.abonnements.models.reference_d_adresse, max_length=20, unique=True
                            ),
                        ),
                        ("courriel", models.EmailField(max_length=254, unique=True)),
                        ("donnee_le", models.DateTimeField()),
                        (
                            "refusee_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="refusée par son serveur"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Suivi",
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
                                default=beffroi.personnes.abonnements.models.reference_de_suivi, max_length=20, unique=True
                            ),
                        ),
                        ("sujet", models.CharField(max_length=120)),
                        ("libelle", models.CharField(max_length=250)),
                        ("page", models.TextField()),
                        (
                            "cadence",
                            models.CharField(
                                choices=[("instant", "À l'instant"), ("quotidien", "Un résumé par jour, à 8 heures")],
                                default="instant",
                                max_length=10,
                            ),
                        ),
                        ("demande_le", models.DateTimeField()),
                        ("confirme_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "adresse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suivis",
                                to="abonnements.adresseabonnee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("adresse", "sujet"), name="un_suivi_par_adresse_et_sujet")
                        ],
                        "indexes": [models.Index(fields=["sujet"], name="suivi_par_sujet")],
                    },
                ),
                migrations.CreateModel(
                    name="Nouvelle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cle", models.CharField(max_length=80)),
                        ("titre", models.CharField(max_length=250)),
                        ("page", models.CharField(max_length=200)),
                        ("ecrite_le", models.DateTimeField()),
                        (
                            "suivi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nouvelles",
                                to="abonnements.suivi",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("suivi", "cle"), name="une_nouvelle_par_suivi_et_cle")
                        ],
                    },
                ),
            ]
        )
    ]
