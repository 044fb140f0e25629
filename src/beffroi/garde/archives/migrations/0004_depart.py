"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.garde.archives.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("archives", "0001_initiale"), ("archives", "0002_restitution"), ("archives", "0003_hors_consultation")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Elimination",
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
                                default=beffroi.garde.archives.models.reference_d_elimination, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("a_viser", "En attente du visa"),
                                    ("visee", "Visée"),
                                    ("detruite", "Détruite"),
                                    ("abandonnee", "Abandonnée"),
                                ],
                                default="a_viser",
                                max_length=12,
                            ),
                        ),
                        ("etablie_le", models.DateTimeField()),
                        ("empreinte", models.CharField(max_length=64, verbose_name="SHA-256 de la liste")),
                        ("signataire", models.CharField(blank=True, max_length=200, verbose_name="qui a visé")),
                        ("date_du_visa", models.DateField(blank=True, null=True)),
                        ("nom_du_visa", models.CharField(blank=True, max_length=255)),
                        ("sha256_du_visa", models.CharField(blank=True, max_length=64)),
                        ("cle_du_visa", models.CharField(blank=True, max_length=120)),
                        ("taille_du_visa", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("visee_le", models.DateTimeField(blank=True, null=True, verbose_name="visa déposé le")),
                        ("detruite_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "detruite_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "etablie_par",
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
                                related_name="eliminations",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "visee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "restitution",
                            models.CharField(blank=True, max_length=16, verbose_name="archive que l'organisme a reçue"),
                        ),
                    ],
                    options={
                        "ordering": ["-etablie_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["a_viser", "abandonnee"]),
                                    models.Q(
                                        ("date_du_visa__isnull", False),
                                        ("visee_le__isnull", False),
                                        models.Q(("sha256_du_visa", ""), _negated=True),
                                        models.Q(("signataire", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_elimination_visee_a_son_visa",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("detruite_le__isnull", False),
                                        ("detruite_par__isnull", False),
                                        ("etat", "detruite"),
                                    ),
                                    models.Q(models.Q(("etat", "detruite"), _negated=True), ("detruite_le", None)),
                                    _connector="OR",
                                ),
                                name="une_destruction_a_son_heure",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gel",
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
                                default=beffroi.garde.archives.models.reference_de_gel, max_length=16, unique=True
                            ),
                        ),
                        ("motif", models.CharField(max_length=300)),
                        ("pose_le", models.DateTimeField()),
                        ("leve_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_de_la_levee", models.CharField(blank=True, max_length=300)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gels",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "leve_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pose_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="un_gel_se_motive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("leve_le", None), ("leve_par", None), ("motif_de_la_levee", "")),
                                    models.Q(
                                        ("leve_le__isnull", False),
                                        ("leve_par__isnull", False),
                                        models.Q(("motif_de_la_levee", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_gel_leve_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paquet",
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
                                default=beffroi.garde.archives.models.reference_de_paquet, max_length=16, unique=True
                            ),
                        ),
                        (
                            "version",
                            models.CharField(
                                choices=[("2.1", "2.1"), ("2.2", "2.2"), ("2.3", "2.3")],
                                default="2.1",
                                max_length=4,
                                verbose_name="version du SEDA",
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[("demande", "En préparation"), ("etabli", "Établi"), ("refuse", "Arrêté")],
                                default="demande",
                                max_length=8,
                            ),
                        ),
                        ("demande_le", models.DateTimeField()),
                        ("faites", models.PositiveIntegerField(default=0, verbose_name="pièces copiées")),
                        ("a_faire", models.PositiveIntegerField(default=0, verbose_name="pièces à copier")),
                        ("fini_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "refus",
                            models.CharField(blank=True, max_length=600, verbose_name="pourquoi il ne s'est pas fait"),
                        ),
                        ("cle_de_stockage", models.CharField(blank=True, max_length=120)),
                        ("taille", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paquets",
                                to="consultations.consultation",
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
                    ],
                    options={
                        "ordering": ["-demande_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat", "demande")),
                                fields=("consultation",),
                                name="un_paquet_en_preparation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat", "etabli"),
                                        ("fini_le__isnull", False),
                                        ("taille__gt", 0),
                                        models.Q(("sha256", ""), _negated=True),
                                        models.Q(("cle_de_stockage", ""), _negated=True),
                                    ),
                                    models.Q(models.Q(("etat", "etabli"), _negated=True), ("cle_de_stockage", "")),
                                    _connector="OR",
                                ),
                                name="un_paquet_etabli_a_ses_octets",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "refuse"), _negated=True),
                                    models.Q(("refus", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="un_paquet_arrete_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceAEliminer",
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
                        ("nom", models.CharField(max_length=255)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(db_index=True, max_length=120)),
                        ("jusqu_au", models.DateField(verbose_name="fin de la durée de conservation")),
                        ("source", models.CharField(max_length=120, verbose_name="texte qui la fixe")),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "elimination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lignes",
                                to="archives.elimination",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("elimination", "rang"), name="un_rang_par_ligne")
                        ],
                    },
                ),
            ]
        )
    ]
