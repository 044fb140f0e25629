"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.achat.dossiers.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("dossiers", "0001_initiale")]

    initial = True

    dependencies = [("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="VersionDuDossier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField()),
                        ("explication", models.CharField(max_length=500, verbose_name="ce qui change")),
                        (
                            "portee",
                            models.CharField(
                                choices=[
                                    ("important", "Il change ce qu'une entreprise doit chiffrer, prévoir ou fournir"),
                                    (
                                        "complement",
                                        "Il répond à une question posée à temps, et la réponse est nécessaire pour chiffrer",
                                    ),
                                    (
                                        "negligeable",
                                        "Il ne change rien pour qui prépare une réponse : une faute, une coquille",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ancienne_limite", models.DateTimeField()),
                        ("nouvelle_limite", models.DateTimeField(blank=True, null=True)),
                        ("motif_sans_prolongation", models.TextField(blank=True)),
                        ("publiee_le", models.DateTimeField()),
                        (
                            "archive_precedente",
                            models.CharField(blank=True, max_length=120, verbose_name="le dossier d'avant, en ZIP"),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions_du_dossier",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "numero"), name="une_version_par_numero"),
                            models.CheckConstraint(
                                condition=models.Q(("numero__gte", 2)), name="la_premiere_version_est_la_publication"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("explication", ""), _negated=True),
                                name="une_version_dit_ce_qui_change",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nouvelle_limite", None),
                                    ("nouvelle_limite__gt", models.F("ancienne_limite")),
                                    _connector="OR",
                                ),
                                name="une_version_ne_raccourcit_pas_le_delai",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModificationDuDossier",
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
                                default=beffroi.achat.dossiers.models.reference_de_modification, max_length=16, unique=True
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("ajout", "Ajouté"), ("remplacement", "Remplacé"), ("retrait", "Retiré")],
                                max_length=12,
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("rc", "Règlement de la consultation"),
                                    ("ccap", "Cahier des clauses administratives"),
                                    ("cctp", "Cahier des clauses techniques"),
                                    ("ae", "Acte d'engagement"),
                                    ("prix", "Pièce de prix"),
                                    ("plan", "Plans"),
                                    ("autre", "Autre document"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("intitule", models.CharField(max_length=160)),
                        ("nom", models.CharField(blank=True, max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField(default=0)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("cle_de_stockage", models.CharField(blank=True, max_length=120)),
                        (
                            "passages",
                            models.JSONField(
                                blank=True, default=list, help_text="Les passages ôtés et ajoutés, s'ils se lisent."
                            ),
                        ),
                        (
                            "lecture",
                            models.CharField(blank=True, max_length=300, verbose_name="ce que dit la comparaison"),
                        ),
                        ("preparee_le", models.DateTimeField()),
                        (
                            "ancienne",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.piecedce",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modifications",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "nouvelle",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.piecedce",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modifications",
                                to="dossiers.versiondudossier",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("version", None)),
                                fields=("ancienne",),
                                name="un_changement_pret_par_document",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ancienne", None), ("nature", "ajout"), models.Q(("sha256", ""), _negated=True)
                                    ),
                                    models.Q(
                                        ("ancienne__isnull", False),
                                        ("nature", "remplacement"),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    models.Q(("ancienne__isnull", False), ("nature", "retrait"), ("sha256", "")),
                                    _connector="OR",
                                ),
                                name="une_modification_a_ses_documents",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("nouvelle", None), ("version", None)),
                                    models.Q(("nouvelle__isnull", False), ("version__isnull", False)),
                                    models.Q(("nature", "retrait"), ("version__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_modification_publiee_a_son_document",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
