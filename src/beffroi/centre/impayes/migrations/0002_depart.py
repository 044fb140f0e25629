"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.impayes.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("impayes", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("contributions", "0006_depart"), ("conventions", "0003_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Defaut",
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
                                default=beffroi.centre.impayes.models.reference_de_defaut, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("relancee", "Rappel envoyé"),
                                    ("demeure_envoyee", "Mise en demeure à recevoir"),
                                    ("en_demeure", "En demeure de payer"),
                                    ("blocage_decide", "Blocage à notifier"),
                                    ("bloquee", "Consultations nouvelles bloquées"),
                                    ("fin_decidee", "Fin à notifier"),
                                    ("finie", "Convention finie"),
                                    ("reglee", "Payée"),
                                    ("abandonnee", "Abandonnée"),
                                ],
                                default="relancee",
                                max_length=16,
                            ),
                        ),
                        ("echeance", models.DateField(verbose_name="dernier jour pour payer")),
                        ("ouvert_le", models.DateTimeField()),
                        ("relancee_le", models.DateField(verbose_name="rappel envoyé le")),
                        (
                            "en_demeure_le",
                            models.DateField(blank=True, null=True, verbose_name="mise en demeure reçue le"),
                        ),
                        ("bloquee_le", models.DateField(blank=True, null=True, verbose_name="blocage notifié le")),
                        ("finie_le", models.DateField(blank=True, null=True, verbose_name="fin notifiée le")),
                        ("clos_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_de_cloture", models.CharField(blank=True, max_length=1000)),
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="defauts",
                                to="contributions.contribution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["echeance", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat__in", ["abandonnee", "reglee"]), _negated=True),
                                fields=("contribution",),
                                name="un_defaut_en_cours_par_contribution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("relancee_le__gt", models.F("echeance"))),
                                name="un_rappel_suit_l_echeance",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["relancee", "demeure_envoyee", "reglee", "abandonnee"]),
                                    ("en_demeure_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="rien_ne_se_decide_avant_la_mise_en_demeure_recue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "bloquee"), _negated=True),
                                    ("bloquee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_blocage_est_notifie",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("clos_le__isnull", False), ("etat__in", ["abandonnee", "reglee"])),
                                    models.Q(
                                        models.Q(("etat__in", ["abandonnee", "reglee"]), _negated=True),
                                        ("clos_le", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_defaut_clos_a_son_heure",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LettreDImpaye",
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
                                default=beffroi.centre.impayes.models.reference_de_lettre, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("relance", "Rappel"),
                                    ("mise_en_demeure", "Mise en demeure"),
                                    ("blocage", "Décision de blocage"),
                                    ("fin", "Décision de fin"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "reste",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="somme due à sa date"),
                        ),
                        ("motif", models.TextField(blank=True, verbose_name="motifs de la décision")),
                        ("etablie_le", models.DateTimeField()),
                        (
                            "envoi",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("papier", "Lettre recommandée avec avis de réception"),
                                    ("electronique", "Envoi recommandé électronique"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "recue_le",
                            models.DateField(
                                blank=True, null=True, verbose_name="reçue, ou présentée la première fois, le"
                            ),
                        ),
                        (
                            "premiere_presentation",
                            models.BooleanField(default=False, verbose_name="lettre refusée ou non réclamée"),
                        ),
                        ("notee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "defaut",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lettres", to="impayes.defaut"
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
                            "odt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conventions.piecedeconvention",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conventions.piecedeconvention",
                            ),
                        ),
                        (
                            "preuve",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conventions.piecedeconvention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["etablie_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notee_le", None), ("preuve", None), ("recue_le", None)),
                                    models.Q(
                                        ("notee_le__isnull", False),
                                        ("preuve__isnull", False),
                                        ("recue_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_reception_a_sa_preuve",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sorte__in", ["blocage", "fin"]), _negated=True),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_decision_d_impaye_se_motive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuspensionDImpaye",
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
                                default=beffroi.centre.impayes.models.reference_de_suspension, max_length=16, unique=True
                            ),
                        ),
                        (
                            "origine",
                            models.CharField(
                                choices=[
                                    ("adherent", "Contestée en ligne par l'adhérent"),
                                    ("centre", "Notée par le centre de gestion"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("motif", models.TextField(verbose_name="ce qui est contesté, et pourquoi")),
                        ("du", models.DateField(verbose_name="premier jour d'arrêt")),
                        ("ecrite_le", models.DateTimeField()),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="jour de la réponse")),
                        (
                            "issue",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fondee", "Fondée"),
                                    ("rejetee", "Rejetée"),
                                    ("retiree", "Retirée par l'adhérent"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reponse", models.TextField(blank=True, verbose_name="réponse motivée")),
                        ("repondue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensions",
                                to="contributions.contribution",
                            ),
                        ),
                        (
                            "ecrite_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "repondue_par",
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
                        "ordering": ["du", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("fin", None)),
                                fields=("contribution",),
                                name="une_suspension_ouverte_a_la_fois",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="une_suspension_se_motive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("fin", None),
                                        ("issue", ""),
                                        ("repondue_le", None),
                                        ("repondue_par", None),
                                        ("reponse", ""),
                                    ),
                                    models.Q(
                                        ("fin__gte", models.F("du")),
                                        ("repondue_le__isnull", False),
                                        ("repondue_par__isnull", False),
                                        models.Q(("issue", ""), _negated=True),
                                        models.Q(("reponse", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_suspension_finit_par_une_reponse_motivee",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
