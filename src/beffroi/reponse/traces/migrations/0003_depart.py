"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("tentatives", "0001_initiale"), ("tentatives", "0002_limites")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="CahierReleve",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, unique=True, verbose_name="empreinte du cahier")),
                        (
                            "racine",
                            models.CharField(max_length=64, verbose_name="racine de l'arbre de ses lignes (RFC 6962)"),
                        ),
                        ("traces", models.PositiveIntegerField()),
                        ("premiere_le", models.DateTimeField()),
                        ("derniere_le", models.DateTimeField()),
                        ("releve_le", models.DateTimeField()),
                        ("cahier", models.TextField()),
                    ],
                    options={"ordering": ["premiere_le", "pk"]},
                ),
                migrations.CreateModel(
                    name="Trace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveIntegerField()),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("page", "Page affichée"),
                                    ("message", "Message affiché"),
                                    ("envoi", "Envoi commencé"),
                                    ("reprise", "Envoi repris après un échec"),
                                    ("acquis", "Fichier reçu, dit à l'écran"),
                                    ("clic", "Clic sur « Déposer »"),
                                    ("refus", "Demande refusée par le serveur"),
                                    ("erreur", "Erreur du navigateur"),
                                    ("recepisse", "Récépissé affiché"),
                                    ("limites", "Limites en vigueur"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reponse", models.CharField(max_length=16, verbose_name="référence de la réponse")),
                        ("consultation", models.CharField(max_length=30, verbose_name="référence de la consultation")),
                        ("personne", models.CharField(max_length=20, verbose_name="référence de la personne")),
                        ("le", models.DateTimeField(verbose_name="reçue par le serveur")),
                        ("dite_le", models.DateTimeField(blank=True, null=True, verbose_name="heure du poste")),
                        (
                            "texte",
                            models.TextField(
                                blank=True, max_length=500, verbose_name="texte exact affiché, ou page vue"
                            ),
                        ),
                        ("cause", models.CharField(blank=True, max_length=80)),
                        ("details", models.JSONField(blank=True, default=dict)),
                        ("navigateur", models.CharField(blank=True, max_length=200)),
                        ("poste", models.CharField(blank=True, max_length=32, verbose_name="adresse hachée")),
                        (
                            "releve",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lignes",
                                to="tentatives.cahierreleve",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["le", "pk"],
                        "indexes": [
                            models.Index(fields=["reponse", "le"], name="trace_par_reponse"),
                            models.Index(fields=["consultation", "le"], name="trace_par_consultation"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("releve", "rang"), name="une_trace_par_ligne_du_cahier")
                        ],
                    },
                ),
            ]
        )
    ]
