"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("api", "0001_actes_par_cle")]

    initial = True

    dependencies = [("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ActeParCle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cle", models.CharField(max_length=80)),
                        (
                            "demande",
                            models.CharField(max_length=64, verbose_name="l'empreinte de ce qui était demandé"),
                        ),
                        ("sujet", models.CharField(max_length=16, verbose_name="la référence de ce qui est né")),
                        ("le", models.DateTimeField()),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("utilisateur", "cle"), name="une_cle_par_personne")
                        ]
                    },
                )
            ]
        )
    ]
