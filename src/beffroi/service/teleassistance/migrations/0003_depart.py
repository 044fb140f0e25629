"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.service.teleassistance.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("teleassistance", "0001_initiale"), ("teleassistance", "0002_reseau")]

    initial = True

    dependencies = [("assistance", "0003_depart"), ("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="CodeFaux",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("le", models.DateTimeField()),
                        (
                            "agent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="Partage",
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
                                default=beffroi.service.teleassistance.models.reference_de_partage, max_length=20, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("consenti", "Attend le centre de gestion"),
                                    ("rejoint", "Le centre de gestion est là"),
                                    ("montre", "Écran montré"),
                                    ("termine", "Terminé"),
                                    ("refuse", "Rien n'a été montré"),
                                    ("coupe", "Coupé"),
                                    ("expire", "Expiré"),
                                    ("remplace", "Remplacé par un autre"),
                                ],
                                default="consenti",
                                max_length=8,
                            ),
                        ),
                        ("texte_accepte", models.CharField(max_length=64, verbose_name="empreinte du texte accepté")),
                        ("consenti_le", models.DateTimeField()),
                        ("code_jusqu_au", models.DateTimeField(verbose_name="le code vaut jusqu'au")),
                        ("rejoint_le", models.DateTimeField(blank=True, null=True)),
                        ("montre_le", models.DateTimeField(blank=True, null=True, verbose_name="premier écran montré")),
                        ("fini_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "fini_par",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("personne", "La personne"),
                                    ("centre", "Le centre de gestion"),
                                    ("plateforme", "La plateforme"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partages",
                                to="assistance.demande",
                            ),
                        ),
                        (
                            "personne",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rejoint_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reseau", models.CharField(blank=True, max_length=64, verbose_name="empreinte du réseau")),
                    ],
                    options={
                        "ordering": ["-consenti_le", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("etat__in", ["consenti", "montre", "rejoint"])),
                                fields=["consenti_le"],
                                name="partage_vif",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat__in", ["consenti", "montre", "rejoint"]),
                                        ("fini_le", None),
                                        ("fini_par", ""),
                                    ),
                                    models.Q(
                                        models.Q(("etat__in", ["consenti", "montre", "rejoint"]), _negated=True),
                                        ("fini_le__isnull", False),
                                        models.Q(("fini_par", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_partage_vif_n_est_pas_fini",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat__in", ["montre", "rejoint"]), _negated=True),
                                    models.Q(("rejoint_le__isnull", False), ("rejoint_par__isnull", False)),
                                    _connector="OR",
                                ),
                                name="un_partage_a_deux_dit_avec_qui",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montre_le", None), ("rejoint_le__isnull", False), _connector="OR"),
                                name="rien_ne_se_montre_avant_que_l_agent_soit_la",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cote",
                            models.CharField(
                                choices=[
                                    ("personne", "La personne"),
                                    ("centre", "Le centre de gestion"),
                                    ("plateforme", "La plateforme"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("genre", models.CharField(max_length=10)),
                        ("corps", models.TextField(max_length=16384)),
                        (
                            "partage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signaux",
                                to="teleassistance.partage",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
            ]
        )
    ]
