"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.personnes.organismes.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("organismes", "0001_initiale"),
        ("organismes", "0002_coordonnees"),
        ("organismes", "0003_organisme_motif_de_suspension"),
        ("organismes", "0004_causes_de_suspension"),
        ("organismes", "0005_service_d_un_agent"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Organisme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=200)),
                        ("siret", models.CharField(max_length=14, unique=True)),
                        ("code_commune", models.CharField(blank=True, max_length=5)),
                        ("adresse", models.CharField(blank=True, max_length=300)),
                        (
                            "role",
                            models.CharField(
                                choices=[("acheteur", "Acheteur"), ("exploitant", "Exploitant")],
                                default="acheteur",
                                max_length=12,
                            ),
                        ),
                        ("fuseau", models.CharField(default="Europe/Paris", max_length=40)),
                        ("peut_creer_des_consultations", models.BooleanField(default=True)),
                        (
                            "publication_a_deux",
                            models.BooleanField(
                                default=False, help_text="La personne qui publie n'est pas celle qui a rédigé."
                            ),
                        ),
                        ("cree_le", models.DateTimeField()),
                        ("code_postal", models.CharField(blank=True, max_length=5)),
                        (
                            "contact_donnees_personnelles",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="contact pour les données personnelles"
                            ),
                        ),
                        (
                            "courriel",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="courriel de la commande publique"
                            ),
                        ),
                        (
                            "service_chorus",
                            models.CharField(blank=True, max_length=100, verbose_name="code service Chorus Pro"),
                        ),
                        ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                        ("ville", models.CharField(blank=True, max_length=120)),
                        (
                            "motif_de_suspension",
                            models.CharField(
                                blank=True, max_length=700, verbose_name="pourquoi il ne crée plus de consultation"
                            ),
                        ),
                        (
                            "suspensions",
                            models.JSONField(blank=True, default=dict, verbose_name="causes de la suspension"),
                        ),
                    ],
                    options={
                        "ordering": ["nom"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("role", "exploitant")), fields=("role",), name="un_seul_exploitant"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Habilitation",
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
                                default=beffroi.personnes.organismes.models.reference_d_habilitation, max_length=16, unique=True
                            ),
                        ),
                        ("roles", models.JSONField(default=list)),
                        ("depuis_le", models.DateTimeField()),
                        ("jusqu_au", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="habilitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="habilitations",
                                to="organismes.organisme",
                            ),
                        ),
                        ("service", models.CharField(blank=True, default="", max_length=120)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("jusqu_au", None)),
                                fields=("organisme", "utilisateur"),
                                name="une_habilitation_en_cours_par_personne",
                            )
                        ]
                    },
                ),
            ]
        )
    ]
