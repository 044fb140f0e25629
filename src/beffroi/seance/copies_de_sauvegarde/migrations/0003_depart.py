"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.seance.copies_de_sauvegarde.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("copies_de_sauvegarde", "0001_initiale"), ("copies_de_sauvegarde", "0002_antivirus")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("depots", "0007_depart"), ("entreprises", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="OuvertureDeCopie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cas",
                            models.CharField(
                                choices=[
                                    ("malveillance", "Programme malveillant"),
                                    ("incomplete", "Réponse électronique incomplète"),
                                    ("hors_delai", "Réponse électronique tardive"),
                                    ("non_ouverte", "Réponse électronique qui ne s'ouvre pas"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("motif", models.TextField()),
                        ("transmission_commencee_le", models.DateTimeField()),
                        ("ouverte_le", models.DateTimeField()),
                        (
                            "depot",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ouverture_de_copie",
                                to="depots.depotmateriel",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "ouverte_par",
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
                                condition=models.Q(("motif", ""), _negated=True), name="une_copie_ouverte_se_motive"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="FichierDeCopie",
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
                                default=beffroi.seance.copies_de_sauvegarde.models.reference_de_fichier_de_copie,
                                max_length=24,
                                unique=True,
                            ),
                        ),
                        ("nom", models.CharField(max_length=255)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "ouverture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fichiers",
                                to="copies_de_sauvegarde.ouverturedecopie",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="AnalyseDeFichierDeCopie",
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
                                to="copies_de_sauvegarde.fichierdecopie",
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
                                name="un_fichier_de_copie_infecte_dit_sa_menace",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("etat", "non_analyse"), ("motif", ""), _negated=True),
                                name="un_fichier_de_copie_non_analyse_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeveeDeQuarantaineDeCopie",
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
                                to="copies_de_sauvegarde.analysedefichierdecopie",
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
                                condition=models.Q(("motif", ""), _negated=True), name="une_levee_de_copie_se_motive"
                            )
                        ]
                    },
                ),
            ]
        )
    ]
