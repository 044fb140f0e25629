"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.personnes.pieces.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("pieces", "0001_initiale"), ("pieces", "0002_dates_qui_se_suivent")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("entreprises", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="PieceDEntreprise",
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
                                default=beffroi.personnes.pieces.models.reference_de_piece, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("vigilance", "Attestation de vigilance (URSSAF)"),
                                    ("fiscale", "Attestation de régularité fiscale"),
                                    ("kbis", "Extrait Kbis"),
                                    ("decennale", "Attestation d'assurance décennale"),
                                    ("assurance", "Attestation d'assurance de responsabilité civile"),
                                    ("qualification", "Certificat de qualification"),
                                    ("dc1", "Lettre de candidature (DC1)"),
                                    ("dc2", "Déclaration du candidat (DC2)"),
                                    ("pouvoir", "Pouvoir de signature"),
                                    ("references", "Références"),
                                    ("moyens", "Moyens humains et matériels"),
                                    ("rib", "Relevé d'identité bancaire"),
                                    ("autre", "Autre pièce"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("intitule", models.CharField(max_length=120)),
                        ("creee_le", models.DateTimeField()),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="entreprises.etablissement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("intitule", ""), _negated=True),
                                name="une_piece_d_entreprise_a_un_nom",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="VersionDePiece",
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
                                default=beffroi.personnes.pieces.models.reference_de_version, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField(verbose_name="octets du fichier clair")),
                        ("sha256", models.CharField(max_length=64, verbose_name="empreinte du fichier clair")),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("datee_du", models.DateField(blank=True, null=True)),
                        ("valable_jusqu_au", models.DateField(blank=True, null=True)),
                        ("ajoutee_le", models.DateTimeField()),
                        ("remplacee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "rappel",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="jours avant la fin du dernier rappel écrit"
                            ),
                        ),
                        (
                            "ajoutee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="pieces.piecedentreprise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ajoutee_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("remplacee_le", None)),
                                fields=("piece",),
                                name="une_version_en_cours_par_piece",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("taille__gt", 0)), name="une_version_de_piece_n_est_pas_vide"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("datee_du", None),
                                    ("valable_jusqu_au", None),
                                    ("valable_jusqu_au__gte", models.F("datee_du")),
                                    _connector="OR",
                                ),
                                name="une_piece_ne_finit_pas_avant_sa_date",
                            ),
                        ],
                        "indexes": [models.Index(fields=["valable_jusqu_au"], name="fin_de_validite")],
                    },
                ),
            ]
        )
    ]
