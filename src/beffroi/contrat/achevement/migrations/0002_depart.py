"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.contrat.achevement.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("achevement", "0001_initiale")]

    initial = True

    dependencies = [
        ("avis", "0004_depart"),
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("marches", "0004_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="AnnonceDAttribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "complements",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        ("ecrite_le", models.DateTimeField()),
                        (
                            "avis",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="annonce", to="avis.avis"
                            ),
                        ),
                    ],
                    options={"ordering": ["ecrite_le", "pk"]},
                ),
                migrations.CreateModel(
                    name="RapportDePresentation",
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
                                default=beffroi.contrat.achevement.models.reference_de_rapport, max_length=16, unique=True
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("recours", models.TextField(blank=True, verbose_name="motifs du recours à la procédure")),
                        ("allotissement", models.TextField(blank=True, verbose_name="motifs de ne pas allotir")),
                        (
                            "chiffre_d_affaires",
                            models.TextField(blank=True, verbose_name="motifs du chiffre d'affaires exigé"),
                        ),
                        (
                            "hors_electronique",
                            models.TextField(blank=True, verbose_name="motifs d'une transmission non électronique"),
                        ),
                        (
                            "etudes",
                            models.TextField(
                                blank=True, verbose_name="mesures après des études ou échanges préalables"
                            ),
                        ),
                        (
                            "conflits",
                            models.TextField(blank=True, verbose_name="conflits d'intérêts décelés, et mesures"),
                        ),
                        (
                            "sous_traitance",
                            models.TextField(blank=True, verbose_name="part sous-traitée et sous-traitants"),
                        ),
                        ("autres", models.TextField(blank=True, verbose_name="ce qu'il faut dire de plus")),
                        ("odt", models.CharField(max_length=120, verbose_name="où est rangé l'ODT")),
                        ("sha256_odt", models.CharField(max_length=64)),
                        ("pdf", models.CharField(max_length=120, verbose_name="où est rangé le PDF")),
                        ("sha256_pdf", models.CharField(max_length=64)),
                        ("etabli_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rapports_de_presentation",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "etabli_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "version"), name="une_version_du_rapport_par_numero"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommunicationDuRapport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "destinataire",
                            models.CharField(
                                choices=[
                                    ("prefet", "Le préfet, avec les pièces du contrat"),
                                    ("commission", "La Commission européenne, qui le demande"),
                                    ("autre", "Une autre autorité de contrôle"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("aupres_de", models.CharField(blank=True, max_length=200, verbose_name="quelle autorité")),
                        ("demandee_le", models.DateField(blank=True, null=True)),
                        ("faite_le", models.DateField()),
                        ("notee_le", models.DateTimeField()),
                        (
                            "notee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rapport",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="communications",
                                to="achevement.rapportdepresentation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["faite_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("destinataire", "autre"), _negated=True),
                                    models.Q(("aupres_de", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_autre_autorite_se_nomme",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("demandee_le", None), ("faite_le__gte", models.F("demandee_le")), _connector="OR"
                                ),
                                name="une_communication_suit_sa_demande",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContratAnnonce",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "annonce",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contrats",
                                to="achevement.annoncedattribution",
                            ),
                        ),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annonces",
                                to="marches.marche",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("annonce", "marche"), name="un_contrat_annonce_une_fois")
                        ],
                    },
                ),
            ]
        )
    ]
