"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.garde.versements.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("versements", "0001_initiale")]

    initial = True

    dependencies = [("archives", "0004_depart"), ("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="MessageDuService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sens",
                            models.CharField(
                                choices=[
                                    ("accuse", "Accusé de réception"),
                                    ("acceptation", "Prise en charge"),
                                    ("refus", "Refus"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "identifiant",
                            models.CharField(max_length=200, verbose_name="identifiant que le service lui donne"),
                        ),
                        ("service", models.CharField(blank=True, max_length=200, verbose_name="service qui répond")),
                        ("emis_le", models.DateTimeField(verbose_name="date que le message porte")),
                        ("code", models.CharField(blank=True, max_length=200)),
                        ("prise_en_charge_le", models.DateTimeField(blank=True, null=True)),
                        ("motifs", models.JSONField(blank=True, default=list)),
                        (
                            "cote",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="identifiant du dossier chez le service"
                            ),
                        ),
                        ("unites", models.PositiveIntegerField(default=0, verbose_name="unités qu'il nomme")),
                        ("nom", models.CharField(max_length=255)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("recu_le", models.DateTimeField()),
                        (
                            "depose_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recu_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taille__gt", 0),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("cle_de_stockage", ""), _negated=True),
                                ),
                                name="un_message_du_service_a_ses_octets",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Versement",
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
                                default=beffroi.garde.versements.models.reference_de_versement, max_length=16, unique=True
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 du paquet versé")),
                        (
                            "voie",
                            models.CharField(
                                choices=[
                                    ("dossier", "Dossier d'échange"),
                                    ("http", "Réseau (HTTPS)"),
                                    ("main", "Remis par l'organisme"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("a_envoyer", "À envoyer"),
                                    ("envoye", "Envoyé"),
                                    ("accuse", "Reçu par le service d'archives"),
                                    ("accepte", "Pris en charge"),
                                    ("refuse", "Refusé"),
                                    ("abandonne", "Abandonné"),
                                ],
                                default="a_envoyer",
                                max_length=10,
                            ),
                        ),
                        ("demande_le", models.DateTimeField()),
                        (
                            "remise",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="à qui, quand et comment il a été remis"
                            ),
                        ),
                        ("envoye_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_d_abandon", models.CharField(blank=True, max_length=300)),
                        (
                            "panne",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="pourquoi l'envoi ou le suivi n'aboutit pas"
                            ),
                        ),
                        (
                            "arrete",
                            models.BooleanField(default=False, verbose_name="plus rien ne se retente sans un geste"),
                        ),
                        ("suivi_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "accuse",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versement_recu",
                                to="versements.messageduservice",
                            ),
                        ),
                        (
                            "demande_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "paquet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versements",
                                to="archives.paquet",
                            ),
                        ),
                        (
                            "reponse",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versement_decide",
                                to="versements.messageduservice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-demande_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat__in", ["refuse", "abandonne"]), _negated=True),
                                fields=("paquet",),
                                name="un_versement_vivant_par_paquet",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["a_envoyer", "abandonne"]),
                                    ("envoye_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_versement_parti_a_son_heure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "accuse"), _negated=True),
                                    ("accuse__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_versement_accuse_a_son_accuse",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat__in", ["accepte", "refuse"]), ("reponse__isnull", False)),
                                    models.Q(
                                        models.Q(("etat__in", ["accepte", "refuse"]), _negated=True), ("reponse", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="un_versement_decide_a_sa_reponse",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "abandonne"), models.Q(("motif_d_abandon", ""), _negated=True)),
                                    models.Q(models.Q(("etat", "abandonne"), _negated=True), ("motif_d_abandon", "")),
                                    _connector="OR",
                                ),
                                name="un_versement_abandonne_dit_pourquoi",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("voie", "main"), models.Q(("remise", ""), _negated=True)),
                                    models.Q(models.Q(("voie", "main"), _negated=True), ("remise", "")),
                                    _connector="OR",
                                ),
                                name="une_remise_dit_a_qui",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
