"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.service.disponibilite.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("disponibilite", "0001_initiale"),
        ("disponibilite", "0002_une_seule_annonce"),
        ("disponibilite", "0003_etats_tenus"),
    ]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Releve",
                    fields=[
                        ("composant", models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ("bon", models.BooleanField()),
                        ("le", models.DateTimeField()),
                        (
                            "dit",
                            models.CharField(blank=True, max_length=120, verbose_name="ce que le composant dit de lui"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Evenement",
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
                                default=beffroi.service.disponibilite.models.reference_d_evenement, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[("incident", "Incident"), ("maintenance", "Maintenance prévue")], max_length=12
                            ),
                        ),
                        ("titre", models.CharField(max_length=120)),
                        ("commence_le", models.DateTimeField()),
                        ("fin_prevue_le", models.DateTimeField(blank=True, null=True)),
                        ("fini_le", models.DateTimeField(blank=True, null=True)),
                        ("annonce_le", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-commence_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sorte", "incident"), ("fin_prevue_le__isnull", False), _connector="OR"
                                ),
                                name="une_maintenance_a_sa_fin_prevue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fin_prevue_le", None),
                                    ("fin_prevue_le__gt", models.F("commence_le")),
                                    _connector="OR",
                                ),
                                name="une_fin_prevue_suit_le_debut",
                            ),
                            models.UniqueConstraint(fields=("sorte", "titre", "commence_le"), name="une_seule_annonce"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Point",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("texte", models.TextField()),
                        ("le", models.DateTimeField()),
                        (
                            "evenement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="disponibilite.evenement",
                            ),
                        ),
                    ],
                    options={"ordering": ["-le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="EtatTenu",
                    fields=[
                        ("point", models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ("ton", models.CharField(max_length=10)),
                        ("depuis", models.DateTimeField()),
                    ],
                ),
            ]
        )
    ]
