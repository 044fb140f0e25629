"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.personnes.comptes.models
import beffroi.personnes.comptes.portees
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("comptes", "0001_initiale"),
        ("comptes", "0002_portees_des_jetons"),
        ("comptes", "0003_un_jeton_permet_quelque_chose"),
    ]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Utilisateur",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "reference",
                            models.CharField(
                                default=beffroi.personnes.comptes.models.reference_de_compte, max_length=16, unique=True
                            ),
                        ),
                        (
                            "courriel",
                            models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique"),
                        ),
                        ("nom", models.CharField(max_length=120, verbose_name="nom et prénom")),
                        ("qualite", models.CharField(blank=True, max_length=120, verbose_name="qualité")),
                        ("est_actif", models.BooleanField(default=True)),
                        ("cree_le", models.DateTimeField()),
                        ("revoque_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("revoque_le", None), ("est_actif", False), _connector="OR"),
                                name="un_compte_revoque_est_inactif",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="JetonDApi",
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
                                default=beffroi.personnes.comptes.models.reference_de_jeton, max_length=16, unique=True
                            ),
                        ),
                        ("libelle", models.CharField(max_length=80)),
                        ("empreinte", models.CharField(max_length=64, unique=True)),
                        ("cree_le", models.DateTimeField()),
                        ("dernier_usage_le", models.DateTimeField(blank=True, null=True)),
                        ("revoque_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jetons",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("portees", models.JSONField(default=beffroi.personnes.comptes.portees.portees_de_depot)),
                        ("expire_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("portees", []), _negated=True), name="un_jeton_permet_quelque_chose"
                            )
                        ]
                    },
                ),
            ]
        )
    ]
