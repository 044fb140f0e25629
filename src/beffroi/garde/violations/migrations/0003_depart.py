"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs
from beffroi.garde.violations.migrations._gardes import GARDES


class Migration(migrations.Migration):
    replaces = [("violations", "0001_initiale"), ("violations", "0002_registre_fige")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Violation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        (
                            "etat",
                            models.CharField(
                                choices=[("ouverte", "Ouverte"), ("close", "Close")], default="ouverte", max_length=8
                            ),
                        ),
                        ("titre", models.CharField(max_length=120)),
                        ("connue_le", models.DateTimeField(verbose_name="quand le centre en a eu connaissance")),
                        (
                            "commencee_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="quand elle a commencé, si on le sait"
                            ),
                        ),
                        (
                            "confidentialite",
                            models.BooleanField(default=False, verbose_name="données lues ou divulguées"),
                        ),
                        ("integrite", models.BooleanField(default=False, verbose_name="données changées")),
                        (
                            "disponibilite",
                            models.BooleanField(default=False, verbose_name="données perdues ou hors d'atteinte"),
                        ),
                        (
                            "responsable",
                            models.BooleanField(
                                default=False, verbose_name="le centre est responsable de données touchées"
                            ),
                        ),
                        (
                            "sous_traitant",
                            models.BooleanField(
                                default=False, verbose_name="des acheteurs sont responsables de données touchées"
                            ),
                        ),
                        ("nature", models.TextField(max_length=4000, verbose_name="ce qui s'est passé")),
                        ("personnes", models.CharField(max_length=300, verbose_name="catégories de personnes")),
                        ("nombre_de_personnes", models.PositiveIntegerField(blank=True, null=True)),
                        ("donnees", models.CharField(max_length=300, verbose_name="catégories de données")),
                        ("nombre_d_enregistrements", models.PositiveIntegerField(blank=True, null=True)),
                        ("consequences", models.TextField(max_length=4000, verbose_name="conséquences probables")),
                        ("mesures", models.TextField(max_length=4000, verbose_name="mesures prises ou proposées")),
                        (
                            "risque",
                            models.CharField(
                                choices=[
                                    ("aucun", "Aucun risque probable pour les personnes"),
                                    ("risque", "Un risque pour les personnes"),
                                    ("eleve", "Un risque élevé pour les personnes"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("raison_du_risque", models.TextField(max_length=1000)),
                        ("declaree_le", models.DateTimeField()),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        ("bilan", models.TextField(blank=True, max_length=4000, verbose_name="ce que l'on en retient")),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=80, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        (
                            "declaree_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-connue_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidentialite", True),
                                    ("integrite", True),
                                    ("disponibilite", True),
                                    _connector="OR",
                                ),
                                name="une_violation_touche_des_donnees",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("responsable", True), ("sous_traitant", True), _connector="OR"),
                                name="une_violation_a_son_responsable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("close_le__isnull", False),
                                        ("etat", "close"),
                                        models.Q(("bilan", ""), _negated=True),
                                    ),
                                    models.Q(("bilan", ""), ("close_le", None), ("etat", "ouverte")),
                                    _connector="OR",
                                ),
                                name="une_violation_close_dit_son_bilan",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Touche",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "message",
                            models.TextField(max_length=4000, verbose_name="ce qui le concerne, ce qu'il a à faire"),
                        ),
                        ("prevenu_le", models.DateTimeField()),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organismes.organisme"
                            ),
                        ),
                        (
                            "prevenu_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="touches",
                                to="violations.violation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisme__nom", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("violation", "organisme"), name="un_adherent_prevenu_une_fois"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("precision", "Faits précisés"),
                                    ("notification", "Notifiée à la CNIL"),
                                    ("complement", "Complément envoyé à la CNIL"),
                                    ("sans_notification", "Pas de notification à la CNIL"),
                                    ("communication", "Personnes prévenues"),
                                    ("sans_communication", "Personnes non prévenues"),
                                ],
                                max_length=18,
                            ),
                        ),
                        ("faite_le", models.DateTimeField(verbose_name="quand cela s'est fait")),
                        ("texte", models.TextField(max_length=4000)),
                        (
                            "numero",
                            models.CharField(blank=True, max_length=60, verbose_name="numéro donné par la CNIL"),
                        ),
                        ("motif_du_retard", models.TextField(blank=True, max_length=1000)),
                        (
                            "cas",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pas_eleve", "Le risque n'est pas élevé (art. 34, § 1)"),
                                    (
                                        "illisibles",
                                        "Les données étaient illisibles, chiffrées par exemple (art. 34, § 3, a)",
                                    ),
                                    ("ecarte", "Des mesures prises depuis écartent le risque élevé (art. 34, § 3, b)"),
                                    (
                                        "disproportionne",
                                        "Trop d'efforts : une communication publique la remplace (art. 34, § 3, c)",
                                    ),
                                ],
                                max_length=16,
                                verbose_name="pourquoi les personnes ne sont pas prévenues",
                            ),
                        ),
                        (
                            "nombre",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="personnes prévenues"),
                        ),
                        ("changements", models.TextField(blank=True, verbose_name="ce qui a changé dans les faits")),
                        ("notee_le", models.DateTimeField()),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=80, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        (
                            "par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites",
                                to="violations.violation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["faite_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("sorte", "notification")),
                                fields=("violation",),
                                name="une_premiere_notification",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sorte", "sans_communication"), models.Q(("cas", ""), _negated=True)),
                                    models.Q(models.Q(("sorte", "sans_communication"), _negated=True), ("cas", "")),
                                    _connector="OR",
                                ),
                                name="ne_pas_prevenir_dit_son_cas",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
