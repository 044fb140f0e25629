"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.publicite.questions.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("questions", "0001_initiale"), ("questions", "0002_sans_compte")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart"), ("entreprises", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Question",
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
                                default=beffroi.publicite.questions.models.reference_de_question, max_length=16, unique=True
                            ),
                        ),
                        ("texte", models.TextField()),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=40, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        ("recue_le", models.DateTimeField()),
                        (
                            "hors_delai",
                            models.BooleanField(default=False, verbose_name="reçue après la date limite des questions"),
                        ),
                        ("ecartee_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_d_ecart", models.TextField(blank=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "posee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "courriel",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="l'adresse de qui demande sans compte"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recue_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("texte", ""), _negated=True), name="une_question_dit_quelque_chose"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ecartee_le", None), ("motif_d_ecart", "")),
                                    models.Q(
                                        ("ecartee_le__isnull", False), models.Q(("motif_d_ecart", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="une_question_ecartee_dit_pourquoi",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("courriel", ""), ("etablissement__isnull", False), ("posee_par__isnull", False)
                                    ),
                                    models.Q(
                                        ("etablissement", None),
                                        ("posee_par", None),
                                        models.Q(("courriel", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_question_a_un_compte_ou_une_adresse",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReponseAQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveIntegerField(blank=True, null=True)),
                        ("question_publique", models.TextField(blank=True)),
                        ("texte", models.TextField(blank=True)),
                        (
                            "suite",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("non", "Non, le dossier et l'heure limite ne changent pas"),
                                    ("document", "Oui, un document change"),
                                    ("delai", "Oui, l'heure limite change"),
                                ],
                                max_length=12,
                                verbose_name="ce que la réponse change",
                            ),
                        ),
                        ("motif_sans_changement", models.TextField(blank=True)),
                        ("preparee_le", models.DateTimeField()),
                        ("publiee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "question",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reponse",
                                to="questions.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-numero"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("numero", None), ("publiee_le", None)),
                                    models.Q(
                                        ("numero__isnull", False),
                                        ("publiee_le__isnull", False),
                                        models.Q(("question_publique", ""), _negated=True),
                                        models.Q(("texte", ""), _negated=True),
                                        models.Q(("suite", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_reponse_publiee_est_entiere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publiee_le", None),
                                    models.Q(("suite", "non"), _negated=True),
                                    models.Q(("motif_sans_changement", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_reponse_qui_ne_change_rien_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceDeQuestion",
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
                                default=beffroi.publicite.questions.models.reference_de_piece, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "question",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="questions.question",
                            ),
                        ),
                        (
                            "reponse",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="questions.reponseaquestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("question", None), ("reponse__isnull", False)),
                                    models.Q(("question__isnull", False), ("reponse", None)),
                                    _connector="OR",
                                ),
                                name="une_piece_a_une_question_ou_une_reponse",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Demandeur",
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
                                default=beffroi.publicite.questions.models.reference_de_demandeur, max_length=20, unique=True
                            ),
                        ),
                        ("courriel", models.EmailField(max_length=254)),
                        ("demande_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="demandeurs",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "courriel"), name="un_demandeur_par_adresse"
                            )
                        ]
                    },
                ),
            ]
        )
    ]
