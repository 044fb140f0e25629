"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("notifications", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Matin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("jour", models.DateField(unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Preferences",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("resume_du_matin", models.BooleanField(default=True)),
                        (
                            "agenda",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                null=True,
                                unique=True,
                                verbose_name="empreinte du secret de l'agenda",
                            ),
                        ),
                        ("agenda_cree_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="EcheanceServie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cle", models.CharField(max_length=64)),
                        ("empreinte", models.CharField(max_length=64)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("ecrite_le", models.DateTimeField()),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="echeances_servies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("utilisateur", "cle"), name="une_echeance_par_personne")
                        ],
                    },
                ),
            ]
        )
    ]
