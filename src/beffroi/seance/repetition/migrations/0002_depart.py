"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.seance.repetition.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("repetition", "0001_initiale")]

    initial = True

    dependencies = [("cles", "0004_depart"), ("comptes", "0004_depart"), ("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Repetition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cle_ephemere",
                            models.TextField(
                                blank=True, help_text="Destinataire éphémère du navigateur de la présidence."
                            ),
                        ),
                        ("incidents", models.JSONField(blank=True, default=list)),
                        (
                            "reference",
                            models.CharField(
                                default=beffroi.seance.repetition.models.reference_de_repetition, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("cles_en_cours", "Clés à tourner"),
                                    ("ouverte", "Clés tournées"),
                                    ("reussie", "Réussie"),
                                    ("echouee", "À refaire : le texte trouvé n'était pas le bon"),
                                    ("abandonnee", "Abandonnée"),
                                ],
                                default="cles_en_cours",
                                max_length=14,
                            ),
                        ),
                        (
                            "politique",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard : un membre suffit à tourner la clé"),
                                    ("double", "Double contrôle : deux membres tournent leur clé"),
                                    ("coffre", "Coffre"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("seuil", models.PositiveSmallIntegerField()),
                        (
                            "empreinte",
                            models.CharField(help_text="Empreinte de la clé jetable.", max_length=32, unique=True),
                        ),
                        ("enveloppe", models.BinaryField(help_text="L'enveloppe d'essai, scellée ; effacée à la fin.")),
                        (
                            "engagement",
                            models.CharField(help_text="SHA-256 du contenu de l'enveloppe d'essai.", max_length=64),
                        ),
                        (
                            "phrase",
                            models.CharField(
                                blank=True, help_text="Ce qu'on y a lu ; effacé à la fin.", max_length=120
                            ),
                        ),
                        ("commencee_le", models.DateTimeField()),
                        ("lue_le", models.DateTimeField(blank=True, null=True)),
                        ("finie_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetitions",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "presidee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat__in", ("cles_en_cours", "ouverte"))),
                                fields=("consultation",),
                                name="une_repetition_en_cours_par_consultation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ("cles_en_cours", "ouverte")),
                                    models.Q(("enveloppe", b""), ("phrase", "")),
                                    _connector="OR",
                                ),
                                name="une_repetition_finie_ne_garde_rien",
                            ),
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="PlaceDeRepetition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120)),
                        ("appareil", models.CharField(blank=True, max_length=64)),
                        ("connecte_le", models.DateTimeField(blank=True, null=True)),
                        ("engagement_du_code", models.CharField(blank=True, max_length=64)),
                        ("alea_du_code", models.CharField(blank=True, max_length=64)),
                        ("alea_de_la_presidence", models.CharField(blank=True, max_length=64)),
                        ("confirme_le", models.DateTimeField(blank=True, null=True)),
                        ("part_rescellee", models.JSONField(blank=True, default=dict)),
                        ("cle_tournee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "repetition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participants",
                                to="repetition.repetition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("repetition", "utilisateur"), name="une_place_par_compte")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartDeRepetition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("contenu", models.BinaryField()),
                        (
                            "identite",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cles.identitedemembre",
                            ),
                        ),
                        (
                            "repetition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="repetition.repetition",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("repetition", "identite"), name="une_part_par_identite")
                        ]
                    },
                ),
            ]
        )
    ]
