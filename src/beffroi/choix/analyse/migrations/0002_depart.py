"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.choix.analyse.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("analyse", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart"), ("depots", "0007_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Evaluateur",
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
                                default=beffroi.choix.analyse.models.reference_d_evaluateur, max_length=16, unique=True
                            ),
                        ),
                        ("nomme_le", models.DateTimeField()),
                        ("sans_conflit_le", models.DateTimeField(blank=True, null=True)),
                        ("retire_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_du_retrait", models.TextField(blank=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluateurs",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "nomme_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "utilisateur",
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
                                condition=models.Q(("retire_le", None)),
                                fields=("consultation", "utilisateur"),
                                name="un_evaluateur_par_personne",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retire_le", None),
                                    models.Q(("motif_du_retrait", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="un_retrait_se_motive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GrilleDAnalyse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "criteres",
                            models.JSONField(
                                help_text="Nom, sorte, poids, sous-critères : ce que le règlement annonce."
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("achat", "Reprise de l'achat publié"),
                                    ("reglement", "Recopiée du règlement de la consultation"),
                                ],
                                default="achat",
                                max_length=10,
                            ),
                        ),
                        (
                            "echelle",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("10"), max_digits=5, verbose_name="note la plus haute"
                            ),
                        ),
                        ("formule", models.CharField(blank=True, max_length=40, verbose_name="formule du prix")),
                        (
                            "parametres",
                            models.JSONField(blank=True, default=dict, verbose_name="nombres de la formule"),
                        ),
                        (
                            "pse",
                            models.JSONField(
                                blank=True, default=list, verbose_name="prestations supplémentaires comptées"
                            ),
                        ),
                        (
                            "avant_ouverture",
                            models.BooleanField(help_text="Arrêtée avant que le premier prix soit connu."),
                        ),
                        ("motif", models.TextField(blank=True, verbose_name="pourquoi elle change")),
                        ("arretee_le", models.DateTimeField()),
                        (
                            "arretee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grilles_d_analyse",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="analyse.grilledanalyse",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["consultation", "lot", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("remplace", None), models.Q(("motif", ""), _negated=True), _connector="OR"
                                ),
                                name="une_grille_changee_se_motive",
                            ),
                            models.CheckConstraint(condition=models.Q(("echelle__gt", 0)), name="une_echelle_positive"),
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("consultation", "lot"),
                                name="une_premiere_grille_par_lot",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None), ("remplace", None)),
                                fields=("consultation",),
                                name="une_premiere_grille_sans_lot",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offre",
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
                                default=beffroi.choix.analyse.models.reference_d_offre, max_length=16, unique=True
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("variante", models.PositiveSmallIntegerField(default=0)),
                        (
                            "intitule",
                            models.CharField(blank=True, max_length=200, verbose_name="ce que la variante propose"),
                        ),
                        ("inscrite_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offres",
                                to="consultations.consultation",
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="offres", to="depots.pli"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pli__recu_le", "pli", "lot", "variante"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pli", "lot", "variante"), name="une_offre_par_pli_lot_variante"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None)),
                                fields=("pli", "variante"),
                                name="une_offre_par_pli_et_variante",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("variante", 0), models.Q(("intitule", ""), _negated=True), _connector="OR"
                                ),
                                name="une_variante_dit_ce_qu_elle_propose",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoteRetenue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("critere", models.CharField(max_length=12, verbose_name="clé du critère ou du sous-critère")),
                        ("valeur", models.DecimalField(decimal_places=2, max_digits=6)),
                        (
                            "moyenne",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=6,
                                null=True,
                                verbose_name="moyenne des évaluateurs",
                            ),
                        ),
                        ("commentaire", models.TextField(blank=True, verbose_name="ce que l'entreprise en lira")),
                        ("motif", models.TextField(blank=True, verbose_name="pourquoi elle s'écarte de la moyenne")),
                        ("retenue_le", models.DateTimeField()),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="analyse.noteretenue",
                            ),
                        ),
                        (
                            "retenue_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "offre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes_retenues",
                                to="analyse.offre",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("offre", "critere"),
                                name="une_premiere_note_retenue_par_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valeur", models.F("moyenne")),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="s_ecarter_de_la_moyenne_se_motive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("critere", models.CharField(max_length=12, verbose_name="clé du critère ou du sous-critère")),
                        ("valeur", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                        ("commentaire", models.TextField(blank=True)),
                        ("donnee_le", models.DateTimeField()),
                        (
                            "evaluateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="analyse.evaluateur",
                            ),
                        ),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="analyse.note",
                            ),
                        ),
                        (
                            "offre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="analyse.offre",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("offre", "evaluateur", "critere"),
                                name="une_premiere_note_par_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valeur", None), ("valeur__gte", 0), _connector="OR"),
                                name="une_note_n_est_pas_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MontantRetenu",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "montant",
                            models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant hors taxes"),
                        ),
                        ("pse", models.JSONField(blank=True, default=list, verbose_name="prestations supplémentaires")),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("acte", "Lu dans l'acte d'engagement"),
                                    ("bordereau", "Lu dans le bordereau de prix"),
                                    ("rectifie", "Rectifié après demande de précisions"),
                                    ("autre", "Calculé autrement"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("precision", models.TextField(blank=True, verbose_name="comment il est obtenu")),
                        (
                            "fichier",
                            models.CharField(
                                blank=True, max_length=24, verbose_name="référence du fichier ouvert qui le porte"
                            ),
                        ),
                        (
                            "empreinte",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 de ce fichier"),
                        ),
                        ("retenu_le", models.DateTimeField()),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="analyse.montantretenu",
                            ),
                        ),
                        (
                            "retenu_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "offre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="montants", to="analyse.offre"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("montant__gte", 0)), name="un_montant_n_est_pas_negatif"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("offre",),
                                name="un_premier_montant_par_offre",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QualificationDOffre",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "qualification",
                            models.CharField(
                                choices=[
                                    ("reguliere", "Régulière"),
                                    ("irreguliere", "Irrégulière"),
                                    ("inacceptable", "Inacceptable"),
                                    ("inappropriee", "Inappropriée"),
                                    ("anormalement_basse", "Anormalement basse"),
                                    ("retiree", "Ne peut plus être retenue"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("motif", models.TextField(blank=True)),
                        ("prise_le", models.DateTimeField()),
                        (
                            "offre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="qualifications",
                                to="analyse.offre",
                            ),
                        ),
                        (
                            "prise_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "remplace",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacee_par",
                                to="analyse.qualificationdoffre",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("qualification", "reguliere"),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_offre_eliminee_sait_pourquoi",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("remplace", None)),
                                fields=("offre",),
                                name="une_premiere_qualification_par_offre",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RapportDAnalyse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("proposition", models.TextField(verbose_name="ce que le rapport propose")),
                        ("odt", models.CharField(max_length=120, verbose_name="où est rangé l'ODT")),
                        ("sha256_odt", models.CharField(max_length=64)),
                        ("pdf", models.CharField(max_length=120, verbose_name="où est rangé le PDF")),
                        ("sha256_pdf", models.CharField(max_length=64)),
                        ("valide_le", models.DateTimeField()),
                        ("rouvert_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_de_reouverture", models.TextField(blank=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rapports_d_analyse",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "rouvert_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "valide_par",
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
                                condition=models.Q(("rouvert_le", None)),
                                fields=("consultation", "lot"),
                                name="un_rapport_valide_par_lot",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None), ("rouvert_le", None)),
                                fields=("consultation",),
                                name="un_rapport_valide_sans_lot",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rouvert_le", None),
                                    models.Q(("motif_de_reouverture", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="rouvrir_un_rapport_se_motive",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
