"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import beffroi.choix.commissions.models
from beffroi.choix.commissions.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("commissions", "0001_initiale"),
        ("commissions", "0002_votes_immuables"),
        ("commissions", "0003_annulations_et_anonymat"),
    ]

    initial = True

    dependencies = [
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("depots", "0007_depart"),
        ("organismes", "0006_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Commission",
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
                                default=beffroi.choix.commissions.models.reference_de_commission, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("cao", "Commission d'appel d'offres (CAO)"),
                                    ("jury", "Jury"),
                                    ("autre", "Autre commission, qui donne des avis"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("nom", models.CharField(max_length=160)),
                        (
                            "delai_en_jours_francs",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="délai de convocation, en jours francs"
                            ),
                        ),
                        (
                            "voix_preponderante",
                            models.BooleanField(
                                default=False, verbose_name="le président départage un partage des voix"
                            ),
                        ),
                        (
                            "qualification",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="qualification exigée des candidats au concours",
                            ),
                        ),
                        ("creee_le", models.DateTimeField()),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commissions",
                                to="organismes.organisme",
                            ),
                        ),
                    ],
                    options={"ordering": ["nom", "pk"]},
                ),
                migrations.CreateModel(
                    name="Membre",
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
                                default=beffroi.choix.commissions.models.reference_de_membre, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120, verbose_name="qualité")),
                        (
                            "courriel",
                            models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                        ),
                        (
                            "fonction",
                            models.CharField(
                                choices=[
                                    ("president", "Président"),
                                    ("representant", "Représentant du président"),
                                    ("titulaire", "Titulaire"),
                                    ("suppleant", "Suppléant"),
                                    ("consultatif", "Voix consultative"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "qualifie",
                            models.BooleanField(
                                default=False, verbose_name="a la qualification exigée, ou une équivalente"
                            ),
                        ),
                        ("depuis_le", models.DateTimeField()),
                        ("jusqu_au", models.DateTimeField(blank=True, null=True)),
                        (
                            "commission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membres",
                                to="commissions.commission",
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("fonction", "president"), ("jusqu_au", None)),
                                fields=("commission",),
                                name="un_president_par_commission",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Point",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField()),
                        (
                            "objet",
                            models.CharField(
                                choices=[
                                    ("choix", "Choisir le titulaire"),
                                    ("avis", "Donner un avis"),
                                    ("modification", "Avis sur une modification du contrat"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points_de_commission",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "reunion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="commissions.reunion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [models.UniqueConstraint(fields=("reunion", "rang"), name="un_point_par_rang")],
                    },
                ),
                migrations.CreateModel(
                    name="Deliberation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField()),
                        ("variante", models.PositiveSmallIntegerField(default=0)),
                        ("proposition", models.TextField()),
                        ("pour", models.PositiveSmallIntegerField()),
                        ("contre", models.PositiveSmallIntegerField()),
                        ("abstentions", models.PositiveSmallIntegerField()),
                        ("president_pour", models.BooleanField(blank=True, null=True)),
                        ("adoptee", models.BooleanField()),
                        ("quorum", models.TextField(verbose_name="le quorum, tel qu'il se comptait à ce vote")),
                        ("inscrite_le", models.DateTimeField()),
                        (
                            "inscrite_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="depots.pli",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliberations",
                                to="commissions.point",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [models.UniqueConstraint(fields=("point", "rang"), name="un_vote_par_rang")],
                    },
                ),
                migrations.CreateModel(
                    name="Reunion",
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
                                default=beffroi.choix.commissions.models.reference_de_reunion, max_length=16, unique=True
                            ),
                        ),
                        ("prevue_le", models.DateTimeField()),
                        ("lieu", models.CharField(max_length=300)),
                        (
                            "a_distance",
                            models.BooleanField(default=False, verbose_name="des membres peuvent délibérer à distance"),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("creee_le", models.DateTimeField()),
                        ("convoquee_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_du_delai", models.TextField(blank=True, verbose_name="pourquoi moins que le délai")),
                        ("observations", models.JSONField(blank=True, default=list)),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        ("odt", models.CharField(blank=True, max_length=120)),
                        ("sha256_odt", models.CharField(blank=True, max_length=64)),
                        ("pdf", models.CharField(blank=True, max_length=120)),
                        ("sha256_pdf", models.CharField(blank=True, max_length=64)),
                        ("signe", models.CharField(blank=True, max_length=120)),
                        ("sha256_signe", models.CharField(blank=True, max_length=64)),
                        ("nom_du_signe", models.CharField(blank=True, max_length=255)),
                        ("signe_recu_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "close_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "commission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reunions",
                                to="commissions.commission",
                            ),
                        ),
                        (
                            "suite_de",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites",
                                to="commissions.reunion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-prevue_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("close_le", None), ("close_par", None), ("pdf", "")),
                                    models.Q(
                                        ("close_le__isnull", False),
                                        ("close_par__isnull", False),
                                        ("convoquee_le__isnull", False),
                                        models.Q(("pdf", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_reunion_close_a_son_proces_verbal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signe", ""), ("close_le__isnull", False), _connector="OR"),
                                name="un_exemplaire_signe_suit_la_cloture",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Siege",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120)),
                        (
                            "fonction",
                            models.CharField(
                                choices=[
                                    ("president", "Président"),
                                    ("representant", "Représentant du président"),
                                    ("titulaire", "Titulaire"),
                                    ("suppleant", "Suppléant"),
                                    ("consultatif", "Voix consultative"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "presence",
                            models.CharField(
                                blank=True,
                                choices=[("present", "Présent"), ("distance", "À distance"), ("absent", "Absent")],
                                max_length=8,
                            ),
                        ),
                        (
                            "membre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sieges",
                                to="commissions.membre",
                            ),
                        ),
                        (
                            "remplace",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacants",
                                to="commissions.siege",
                            ),
                        ),
                        (
                            "reunion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sieges",
                                to="commissions.reunion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("reunion", "membre"), name="un_siege_par_membre"),
                            models.UniqueConstraint(
                                condition=models.Q(("remplace__isnull", False)),
                                fields=("remplace",),
                                name="un_absent_a_un_remplacant",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("motif", models.TextField(blank=True)),
                        ("note_le", models.DateTimeField()),
                        (
                            "note_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deports",
                                to="commissions.point",
                            ),
                        ),
                        (
                            "siege",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deports",
                                to="commissions.siege",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("siege", "point"), name="un_deport_par_affaire")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispense",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("motif", models.TextField()),
                        ("dite_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispenses_de_commission",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "dite_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="une_dispense_se_motive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Annulation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("motif", models.TextField()),
                        ("annulee_le", models.DateTimeField()),
                        (
                            "annulee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reportee_en",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_de",
                                to="commissions.reunion",
                            ),
                        ),
                        (
                            "reunion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annulation",
                                to="commissions.reunion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="une_annulation_se_motive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodeDeProjet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("code", models.CharField(max_length=4)),
                        ("tire_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codes_de_projet",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="depots.pli"
                            ),
                        ),
                        (
                            "tire_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("consultation"),
                                django.db.models.functions.comparison.Coalesce("lot", models.Value(0)),
                                models.F("code"),
                                name="un_projet_par_code",
                            ),
                            models.UniqueConstraint(
                                models.F("consultation"),
                                django.db.models.functions.comparison.Coalesce("lot", models.Value(0)),
                                models.F("pli"),
                                name="un_code_par_projet",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeveeDAnonymat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("levee_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="levees_d_anonymat",
                                to="consultations.consultation",
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
                        (
                            "point",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="levee_d_anonymat",
                                to="commissions.point",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("consultation"),
                                django.db.models.functions.comparison.Coalesce("lot", models.Value(0)),
                                name="un_anonymat_se_leve_une_fois",
                            )
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
