"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.achat.relectures.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("relectures", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ModeleDeCommentaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("titre", models.CharField(max_length=120, unique=True)),
                        ("texte", models.TextField()),
                        ("code", models.CharField(blank=True, max_length=8)),
                        ("modifie_le", models.DateTimeField()),
                        (
                            "modifie_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["titre"]},
                ),
                migrations.CreateModel(
                    name="Relecture",
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
                                default=beffroi.achat.relectures.models.reference_de_relecture, max_length=16, unique=True
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField()),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("demandee", "Demandée"),
                                    ("prise", "En cours"),
                                    ("rendue", "Rendue"),
                                    ("retiree", "Retirée"),
                                ],
                                default="demandee",
                                max_length=10,
                            ),
                        ),
                        ("nom_du_document", models.CharField(blank=True, max_length=255)),
                        (
                            "texte",
                            models.JSONField(
                                blank=True, default=list, help_text="Les paragraphes lus, avec leur place."
                            ),
                        ),
                        ("lacunes", models.JSONField(blank=True, default=list)),
                        ("achat", models.TextField(help_text="L'achat tel qu'il était à la demande, en JSON.")),
                        ("constats", models.JSONField(blank=True, default=list)),
                        ("questions", models.JSONField(blank=True, default=list)),
                        ("version_des_regles", models.CharField(blank=True, max_length=120)),
                        ("message", models.TextField(blank=True)),
                        ("demandee_le", models.DateTimeField()),
                        ("due_le", models.DateTimeField()),
                        ("prise_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "avis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conforme", "Conforme"),
                                    ("conforme_sous_reserve", "Conforme sous réserve"),
                                    ("a_corriger", "À corriger"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("observation", models.TextField(blank=True)),
                        ("rendue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relectures",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "demandee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="consultations.piecedce",
                            ),
                        ),
                        (
                            "prise_par",
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
                        "ordering": ["due_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "numero"), name="une_relecture_par_numero"),
                            models.UniqueConstraint(
                                condition=models.Q(("etat__in", ["demandee", "prise"])),
                                fields=("consultation",),
                                name="une_relecture_a_la_fois",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat", "rendue"),
                                        ("prise_par__isnull", False),
                                        ("rendue_le__isnull", False),
                                        models.Q(("avis", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("etat", "rendue"), _negated=True), ("avis", ""), ("rendue_le", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="rendue_avec_un_avis_et_un_juriste",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commentaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        ("paragraphe", models.PositiveIntegerField(blank=True, null=True)),
                        ("texte", models.TextField()),
                        ("le", models.DateTimeField()),
                        ("reponse", models.TextField(blank=True)),
                        ("repondu_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "repondu_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "relecture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commentaires",
                                to="relectures.relecture",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["paragraphe", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("texte", ""), _negated=True),
                                name="un_commentaire_dit_quelque_chose",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PasseOutre",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=8)),
                        ("empreinte", models.CharField(max_length=64)),
                        ("gravite", models.CharField(max_length=14)),
                        ("constat", models.TextField()),
                        ("motif", models.TextField()),
                        ("le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passes_outre",
                                to="consultations.consultation",
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
                    ],
                    options={
                        "ordering": ["-le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "empreinte"), name="un_passe_outre_par_constat"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="un_passe_outre_dit_pourquoi"
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
