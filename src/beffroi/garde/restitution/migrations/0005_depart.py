"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.garde.restitution.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("restitution", "0001_initiale"),
        ("restitution", "0002_inventaire"),
        ("restitution", "0003_pieces_hors_consultation"),
        ("restitution", "0004_reprise_apportee"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Reprise",
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
                                default=beffroi.garde.restitution.models.reference_de_reprise, max_length=16, unique=True
                            ),
                        ),
                        ("siren", models.CharField(max_length=9)),
                        ("siret", models.CharField(max_length=14)),
                        ("nom", models.CharField(max_length=200)),
                        (
                            "manifeste",
                            models.CharField(max_length=64, unique=True, verbose_name="SHA-256 du manifeste"),
                        ),
                        ("origine", models.CharField(max_length=200, verbose_name="plateforme d'où elle vient")),
                        ("cle_d_origine", models.CharField(max_length=200, verbose_name="clé publique de son journal")),
                        ("restitution", models.CharField(max_length=40, verbose_name="sa référence là-bas")),
                        ("etablie_le", models.DateTimeField()),
                        ("reprise_le", models.DateTimeField()),
                        (
                            "avec",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apportees",
                                to="restitution.reprise",
                            ),
                        ),
                    ],
                    options={"ordering": ["-reprise_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="ConsultationReprise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16)),
                        ("titre", models.CharField(max_length=200)),
                        ("finie", models.BooleanField()),
                        ("faits", models.JSONField()),
                        (
                            "reprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="restitution.reprise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["reference"],
                        "constraints": [
                            models.UniqueConstraint(fields=("reprise", "reference"), name="une_fois_par_reprise")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restitution",
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
                                default=beffroi.garde.restitution.models.reference_de_restitution, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("demandee", "En préparation"),
                                    ("etablie", "Prête"),
                                    ("refusee", "Arrêtée"),
                                    ("recue", "Reçue"),
                                ],
                                default="demandee",
                                max_length=8,
                            ),
                        ),
                        ("demandee_le", models.DateTimeField()),
                        ("faites", models.PositiveIntegerField(default=0, verbose_name="consultations copiées")),
                        ("a_faire", models.PositiveIntegerField(default=0, verbose_name="consultations à copier")),
                        ("finie_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "refus",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="pourquoi elle ne s'est pas faite"
                            ),
                        ),
                        ("cle_de_stockage", models.CharField(blank=True, max_length=120)),
                        ("taille", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("manifeste", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 du manifeste")),
                        ("recue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "demandee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="restitutions",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "recue_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cle_de_l_inventaire", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "ordering": ["-demandee_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat", "demandee")),
                                fields=("organisme",),
                                name="une_restitution_en_preparation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat__in", ["etablie", "recue"]),
                                        ("finie_le__isnull", False),
                                        ("taille__gt", 0),
                                        models.Q(("sha256", ""), _negated=True),
                                        models.Q(("cle_de_stockage", ""), _negated=True),
                                        models.Q(("manifeste", ""), _negated=True),
                                    ),
                                    models.Q(("etat__in", ["demandee", "refusee"]), ("cle_de_stockage", "")),
                                    _connector="OR",
                                ),
                                name="une_restitution_etablie_a_ses_octets",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "refusee"), _negated=True),
                                    models.Q(("refus", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_restitution_arretee_dit_pourquoi",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat", "recue"), ("recue_le__isnull", False), ("recue_par__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("etat", "recue"), _negated=True),
                                        ("recue_le", None),
                                        ("recue_par", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_reception_a_son_heure",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceReprise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveIntegerField()),
                        ("titre", models.CharField(max_length=600)),
                        ("sorte", models.CharField(max_length=60)),
                        ("etape", models.CharField(max_length=40)),
                        ("nom", models.CharField(max_length=255)),
                        ("le", models.DateTimeField(blank=True, null=True)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="restitution.consultationreprise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "rang"), name="un_rang_par_piece_reprise")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceHorsConsultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveIntegerField()),
                        ("titre", models.CharField(max_length=600)),
                        ("sorte", models.CharField(max_length=60)),
                        ("etape", models.CharField(max_length=40)),
                        ("nom", models.CharField(max_length=255)),
                        ("le", models.DateTimeField(blank=True, null=True)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "reprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="restitution.reprise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("reprise", "rang"), name="un_rang_par_piece_de_la_reprise")
                        ],
                    },
                ),
            ]
        )
    ]
