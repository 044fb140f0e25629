"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("antivirus", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("ouverture", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="AnalyseDeFichier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[("sain", "Sain"), ("infecte", "Infecté"), ("non_analyse", "Non analysé")],
                                max_length=12,
                            ),
                        ),
                        ("menace", models.CharField(blank=True, max_length=200)),
                        ("motif", models.CharField(blank=True, max_length=200)),
                        (
                            "moteur",
                            models.CharField(
                                blank=True, help_text="Le moteur et la date de ses signatures.", max_length=120
                            ),
                        ),
                        ("faite_le", models.DateTimeField()),
                        (
                            "fichier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="analyses",
                                to="ouverture.fichierouvert",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "infecte"), models.Q(("menace", ""), _negated=True)),
                                    models.Q(models.Q(("etat", "infecte"), _negated=True), ("menace", "")),
                                    _connector="OR",
                                ),
                                name="un_fichier_infecte_dit_sa_menace",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("etat", "non_analyse"), ("motif", ""), _negated=True),
                                name="un_fichier_non_analyse_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeveeDeQuarantaine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("motif", models.TextField()),
                        ("levee_le", models.DateTimeField()),
                        (
                            "analyse",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="levee",
                                to="antivirus.analysedefichier",
                            ),
                        ),
                        (
                            "levee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="une_levee_se_motive"
                            )
                        ]
                    },
                ),
            ]
        )
    ]
