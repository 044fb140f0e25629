"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.choix.candidatures.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("candidatures", "0001_initiale"),
        ("candidatures", "0002_examen"),
        ("candidatures", "0003_demandes_de_preuves"),
    ]

    initial = True

    dependencies = [
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("depots", "0007_depart"),
        ("echanges", "0006_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="DecisionSurCandidature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("retenue", models.BooleanField()),
                        ("motif", models.TextField(blank=True)),
                        ("prise_le", models.DateTimeField()),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions_de_candidature",
                                to="depots.pli",
                            ),
                        ),
                        (
                            "prise_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "base",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("incomplete", "Elle n'est pas complète"),
                                    ("capacites", "Les capacités demandées ne sont pas justifiées"),
                                    ("exclusion", "L'entreprise est exclue de plein droit"),
                                    ("appreciation", "L'entreprise est exclue à l'appréciation de l'acheteur"),
                                    ("preuves", "Les preuves demandées ne sont pas venues à temps"),
                                    ("cumul", "Le cumul de candidatures est interdit"),
                                    ("reserve", "Le marché est réservé, et l'entreprise n'en est pas"),
                                    ("nombre", "Le nombre de candidats est limité, et d'autres sont mieux placés"),
                                ],
                                default="",
                                max_length=16,
                                verbose_name="base légale",
                            ),
                        ),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="candidatures.decisionsurcandidature",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "selection_decisionsurcandidature",
                        "ordering": ["pli", "lot", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retenue", True), models.Q(("motif", ""), _negated=True), _connector="OR"
                                ),
                                name="une_candidature_ecartee_sait_pourquoi",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("pli", "lot"),
                                name="une_premiere_decision_par_lot",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None), ("remplace", None)),
                                fields=("pli",),
                                name="une_premiere_decision",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandeDeComplement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("pieces", models.JSONField(default=list)),
                        ("demandee_le", models.DateTimeField()),
                        (
                            "demandee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exemplaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demandes_de_complement",
                                to="echanges.exemplaire",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demandes_de_complement",
                                to="depots.pli",
                            ),
                        ),
                        (
                            "objet",
                            models.CharField(
                                choices=[
                                    ("pieces", "Compléter la candidature"),
                                    ("preuves", "Prouver que l'entreprise n'est pas exclue"),
                                ],
                                default="pieces",
                                max_length=8,
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="ExamenDePiece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("presente", "Présente"),
                                    ("manquante", "Manquante"),
                                    ("insuffisante", "Insuffisante"),
                                    ("sans_objet", "Sans objet"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("examinee_le", models.DateTimeField()),
                        (
                            "examinee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.pieceattendue",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="examens", to="depots.pli"
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="OrdreDExamen",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ordre",
                            models.CharField(
                                choices=[
                                    ("candidatures", "Les candidatures d'abord"),
                                    ("offres", "Les offres d'abord"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("choisi_le", models.DateTimeField()),
                        (
                            "choisi_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ordres_d_examen",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="Preuve",
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
                                default=beffroi.choix.candidatures.models.reference_de_preuve, max_length=20, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("fiscale", "Attestation fiscale"),
                                    ("sociale", "Attestation sociale"),
                                    ("registre", "Extrait du registre"),
                                    ("travailleurs", "Documents du code du travail"),
                                    ("jugement", "Jugement de redressement judiciaire"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("officielle", "Service officiel"),
                                    ("entreprise", "Reçue de l'entreprise, par la messagerie"),
                                    ("acheteur", "Ajoutée par l'acheteur"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("nom_de_la_source", models.CharField(blank=True, max_length=120)),
                        ("datee_du", models.DateField()),
                        ("valable_jusqu_au", models.DateField(blank=True, null=True)),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("ajoutee_le", models.DateTimeField()),
                        (
                            "ajoutee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "piece_jointe",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="echanges.piecejointe",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="preuves", to="depots.pli"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sorte", "-datee_du", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valable_jusqu_au", None),
                                    ("valable_jusqu_au__gte", models.F("datee_du")),
                                    _connector="OR",
                                ),
                                name="une_preuve_vaut_apres_sa_date",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
