"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.achat.tours.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("tours", "0001_initiale")]

    initial = True

    dependencies = [
        ("cles", "0004_depart"),
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("entreprises", "0004_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Tour",
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
                                default=beffroi.achat.tours.models.reference_de_tour, max_length=16, unique=True
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField()),
                        ("date_limite", models.DateTimeField()),
                        (
                            "delai",
                            models.CharField(
                                choices=[
                                    ("ordinaire", "Le délai ordinaire"),
                                    ("accord", "Une date convenue avec tous les candidats invités"),
                                    ("sans_accord", "Faute d'accord sur une date"),
                                    ("urgence", "Une urgence justifiée"),
                                ],
                                default="ordinaire",
                                max_length=12,
                            ),
                        ),
                        ("motif_du_delai", models.TextField(blank=True)),
                        (
                            "message",
                            models.TextField(
                                blank=True, help_text="Ce que l'acheteur ajoute à la lettre d'invitation."
                            ),
                        ),
                        ("ouvert_le", models.DateTimeField()),
                        ("clos_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "cle",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cles.pairedecles"
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tours",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "ouvert_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["consultation", "numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "numero"), name="un_numero_par_tour"),
                            models.CheckConstraint(
                                condition=models.Q(("date_limite__gt", models.F("ouvert_le"))), name="un_tour_dure"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delai", "urgence"), _negated=True),
                                    models.Q(("motif_du_delai", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="un_delai_abrege_se_motive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                                default=beffroi.achat.tours.models.reference_d_invitation, max_length=20, unique=True
                            ),
                        ),
                        (
                            "candidature",
                            models.CharField(help_text="Le récépissé de la candidature retenue.", max_length=16),
                        ),
                        ("lots", models.JSONField(default=list)),
                        ("groupement", models.JSONField(blank=True, default=dict)),
                        (
                            "destinataire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="tours.tour"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tour", "candidature"), name="une_invitation_par_candidature"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
