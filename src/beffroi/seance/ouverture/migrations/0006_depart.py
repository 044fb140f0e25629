"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.seance.ouverture.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("ouverture", "0001_initiale"),
        ("ouverture", "0002_commission_et_signature"),
        ("ouverture", "0003_proces_verbaux_a_part"),
        ("ouverture", "0004_enveloppe_non_rendue"),
        ("ouverture", "0005_seance_d_un_tour"),
    ]

    initial = True

    dependencies = [
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("depots", "0007_depart"),
        ("tours", "0002_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="OuverturePli",
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
                                default=beffroi.seance.ouverture.models.reference_d_ouverture, max_length=20, unique=True
                            ),
                        ),
                        ("rang", models.PositiveIntegerField()),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("scellee", "Scellée"),
                                    ("en_cours", "En cours d'ouverture"),
                                    ("ouverte", "Ouverte"),
                                    ("illisible", "Illisible"),
                                    ("ecartee", "Laissée scellée"),
                                ],
                                default="scellee",
                                max_length=10,
                            ),
                        ),
                        ("avertissement", models.CharField(blank=True, max_length=250)),
                        ("essai", models.CharField(blank=True, max_length=32)),
                        ("bail_jusqu_a", models.DateTimeField(blank=True, null=True)),
                        ("ouverte_le", models.DateTimeField(blank=True, null=True)),
                        ("constats", models.JSONField(blank=True, default=list)),
                        ("observations", models.JSONField(blank=True, default=list)),
                        (
                            "decision",
                            models.CharField(
                                blank=True, choices=[("admise", "Admise"), ("ecartee", "Écartée")], max_length=10
                            ),
                        ),
                        ("motif_de_la_decision", models.TextField(blank=True)),
                        ("decidee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "enveloppe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ouvertures",
                                to="depots.enveloppe",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ouvertures", to="depots.pli"
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ouvertures",
                                to="ouverture.seance",
                            ),
                        ),
                        (
                            "non_rendue_le",
                            models.DateTimeField(
                                blank=True, help_text="Le stockage, pour l'instant, ne la rend pas.", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seance", "enveloppe"), name="une_ouverture_par_enveloppe_et_seance"
                            ),
                            models.UniqueConstraint(fields=("seance", "rang"), name="un_rang_par_ouverture"),
                            models.UniqueConstraint(
                                condition=models.Q(("etat", "ouverte")),
                                fields=("enveloppe",),
                                name="une_enveloppe_ne_s_ouvre_qu_une_fois",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", ""),
                                    models.Q(("motif_de_la_decision", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_decision_se_motive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FichierOuvert",
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
                                default=beffroi.seance.ouverture.models.reference_de_fichier_ouvert, max_length=24, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("conforme", models.BooleanField()),
                        ("constat", models.CharField(blank=True, max_length=250)),
                        (
                            "ouverture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fichiers",
                                to="ouverture.ouverturepli",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="Seance",
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
                                default=beffroi.seance.ouverture.models.reference_de_seance, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("preparee", "En préparation"),
                                    ("cles_en_cours", "Clés à tourner"),
                                    ("ouverte", "Ouverte"),
                                    ("suspendue", "Suspendue : les clés sont à tourner de nouveau"),
                                    ("close", "Close"),
                                    ("abandonnee", "Abandonnée avant toute ouverture"),
                                ],
                                default="preparee",
                                max_length=14,
                            ),
                        ),
                        (
                            "motif",
                            models.CharField(
                                choices=[
                                    ("ouverture", "Ouverture des réponses"),
                                    ("complementaire", "Ouverture complémentaire motivée"),
                                ],
                                default="ouverture",
                                max_length=14,
                            ),
                        ),
                        ("justification", models.TextField(blank=True)),
                        ("lieu", models.CharField(blank=True, max_length=200)),
                        ("prevue_le", models.DateTimeField(blank=True, null=True)),
                        ("creee_le", models.DateTimeField()),
                        ("installee_le", models.DateTimeField(blank=True, null=True)),
                        ("registre_lu_le", models.DateTimeField(blank=True, null=True)),
                        ("ouverte_le", models.DateTimeField(blank=True, null=True)),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "cle_ephemere",
                            models.TextField(
                                blank=True, help_text="Destinataire éphémère du navigateur de la présidence."
                            ),
                        ),
                        ("par_les_gardiens", models.BooleanField(default=False)),
                        (
                            "demande_ecrite",
                            models.CharField(
                                blank=True, help_text="Demande qui fonde le recouvrement.", max_length=200
                            ),
                        ),
                        ("tours_de_cle", models.JSONField(blank=True, default=list)),
                        ("incidents", models.JSONField(blank=True, default=list)),
                        ("remarques", models.JSONField(blank=True, default=list)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seances",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "presidee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "commission",
                            models.JSONField(blank=True, default=dict, help_text="Qui siège ; vide hors commission."),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                blank=True,
                                help_text="Le tour d'offres que la séance ouvre ; vide pour le premier temps.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seances",
                                to="tours.tour",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat__in", ("close", "abandonnee")), _negated=True),
                                fields=("consultation",),
                                name="une_seance_en_cours_par_consultation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("justification", ""), ("motif", "complementaire"), _negated=True),
                                name="une_seance_complementaire_se_motive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("par_les_gardiens", False),
                                    models.Q(("demande_ecrite", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="les_gardiens_sont_demandes_par_ecrit",
                            ),
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Participant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120)),
                        ("ouvre", models.BooleanField(default=False, help_text="Désignée pour ouvrir, ou gardienne.")),
                        ("gardien", models.BooleanField(default=False)),
                        ("appareil", models.CharField(blank=True, max_length=64)),
                        ("connecte_le", models.DateTimeField(blank=True, null=True)),
                        ("sans_conflit_le", models.DateTimeField(blank=True, null=True)),
                        ("engagement_du_code", models.CharField(blank=True, max_length=64)),
                        ("alea_du_code", models.CharField(blank=True, max_length=64)),
                        ("alea_de_la_presidence", models.CharField(blank=True, max_length=64)),
                        ("confirme_le", models.DateTimeField(blank=True, null=True)),
                        ("part_rescellee", models.JSONField(blank=True, default=dict)),
                        ("cle_tournee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participants",
                                to="ouverture.seance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("utilisateur__isnull", False)),
                                fields=("seance", "utilisateur"),
                                name="un_participant_par_compte",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
