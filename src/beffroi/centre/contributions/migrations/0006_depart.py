"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.contributions.models
from beffroi.centre.contributions.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("contributions", "0001_initiale"),
        ("contributions", "0002_rien_ne_se_recrit"),
        ("contributions", "0003_suites_de_l_appel"),
        ("contributions", "0004_choisir_qui_compte"),
        ("contributions", "0005_jours_hors_convention"),
    ]

    initial = True

    dependencies = [("adherents", "0002_depart"), ("comptes", "0004_depart"), ("consultations", "0013_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Exercice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("annee", models.PositiveSmallIntegerField(verbose_name="année")),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("ouvert", "Ouvert"),
                                    ("fige", "Comptes figés"),
                                    ("simule", "Aperçu calculé"),
                                    ("prepare", "Validé par une première personne"),
                                    ("valide", "Validé par deux personnes"),
                                    ("emis", "Émis"),
                                ],
                                default="ouvert",
                                max_length=8,
                            ),
                        ),
                        ("ouvert_le", models.DateTimeField()),
                        ("parametres", models.JSONField(default=dict)),
                        (
                            "fige_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="comptes figés et notifiés"),
                        ),
                        ("simule_le", models.DateTimeField(blank=True, null=True)),
                        ("prepare_le", models.DateTimeField(blank=True, null=True)),
                        ("valide_le", models.DateTimeField(blank=True, null=True)),
                        ("emis_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "ouvert_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prepare_par",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grille",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exercices",
                                to="contributions.grille",
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField(default=0)),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("annuel", "Appel"),
                                    ("complement", "Complément"),
                                    ("regularisation", "Régularisation"),
                                ],
                                default="annuel",
                                max_length=14,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-annee", "-rang"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat", "ouvert"),
                                    models.Q(("fige_le__isnull", False), ("grille__isnull", False)),
                                    _connector="OR",
                                ),
                                name="un_exercice_fige_a_sa_grille",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valide_par", None),
                                    models.Q(
                                        ("prepare_par__isnull", False),
                                        models.Q(("valide_par", models.F("prepare_par")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="deux_personnes_valident",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat__in", ["valide", "emis"]), _negated=True),
                                    ("valide_par__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_exercice_emis_est_valide",
                            ),
                            models.UniqueConstraint(fields=("annee", "rang"), name="un_rang_par_annee"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rang", 0), ("sorte", "annuel")),
                                    models.Q(("rang__gt", 0), models.Q(("sorte", "annuel"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="l_appel_de_l_annee_est_le_premier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                                default=beffroi.centre.contributions.models.reference_de_contribution,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("nom", models.CharField(max_length=200)),
                        ("siret", models.CharField(max_length=14)),
                        ("agents", models.PositiveIntegerField(blank=True, null=True)),
                        ("annee_de_l_effectif", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("motifs_de_l_effectif", models.JSONField(blank=True, default=list)),
                        ("effectif_a_verifier", models.BooleanField(default=False)),
                        ("volume", models.PositiveIntegerField(verbose_name="nombre retenu")),
                        ("source_du_volume", models.CharField(max_length=8)),
                        ("motif_du_volume", models.CharField(max_length=200)),
                        ("creees", models.PositiveIntegerField(verbose_name="consultations créées")),
                        ("comptees", models.PositiveIntegerField(verbose_name="consultations comptées")),
                        (
                            "consultations",
                            models.JSONField(blank=True, default=list, verbose_name="références comptées"),
                        ),
                        ("sha256_du_compte", models.CharField(max_length=64)),
                        ("convention", models.CharField(max_length=20, verbose_name="référence de la convention")),
                        ("debut", models.DateField(verbose_name="premier jour de la convention")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="dernier jour de la convention")),
                        ("fin_pour_impaye", models.BooleanField(default=False)),
                        ("tranche", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("est_payante", models.BooleanField(default=False)),
                        ("jours", models.PositiveSmallIntegerField(default=0)),
                        ("montant", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("motifs", models.JSONField(blank=True, default=list)),
                        ("anomalies", models.JSONField(blank=True, default=list)),
                        ("tranche_d_avant", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "montant_d_avant",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                        ),
                        (
                            "verification",
                            models.CharField(blank=True, max_length=500, verbose_name="ce qu'on en a vérifié"),
                        ),
                        ("verifiee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "numero",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="numéro de l'appel"),
                        ),
                        ("emise_le", models.DateTimeField(blank=True, null=True)),
                        ("recue_le", models.DateField(blank=True, null=True, verbose_name="reçue par l'adhérent")),
                        ("document", models.JSONField(blank=True, default=dict)),
                        (
                            "adherent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="adherents.adherent",
                            ),
                        ),
                        (
                            "verifiee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exercice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="contributions.exercice",
                            ),
                        ),
                        (
                            "a_rendre",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("0"), max_digits=12, verbose_name="avoir à l'émission"
                            ),
                        ),
                        ("deja_appele", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        (
                            "regularise",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regularisation",
                                to="contributions.contribution",
                            ),
                        ),
                        (
                            "interruptions",
                            models.JSONField(blank=True, null=True, verbose_name="jours hors convention"),
                        ),
                        (
                            "corrige",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="rendu pour erreur"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["nom", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("exercice", "adherent"), name="une_contribution_par_exercice"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("numero__isnull", False)),
                                fields=("exercice", "numero"),
                                name="un_numero_par_appel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montant", None), ("montant__gte", 0), _connector="OR"),
                                name="une_contribution_n_est_pas_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("montant", None),
                                    models.Q(("agents__isnull", False), ("tranche__isnull", False)),
                                    _connector="OR",
                                ),
                                name="qui_paie_a_une_tranche_et_un_effectif",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("emise_le", None), ("numero", None)),
                                    models.Q(
                                        ("emise_le__isnull", False),
                                        ("montant__isnull", False),
                                        ("numero__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_appel_numerote_est_emis_avec_son_montant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verification", ""), ("verifiee_le", None), ("verifiee_par", None)),
                                    models.Q(
                                        ("verifiee_le__isnull", False),
                                        ("verifiee_par__isnull", False),
                                        models.Q(("verification", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_verification_a_son_auteur",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("a_rendre", 0), ("deja_appele", None), ("regularise", None)),
                                    models.Q(("a_rendre", 0), ("deja_appele__gte", 0), ("regularise__isnull", False)),
                                    models.Q(
                                        ("a_rendre__gt", 0),
                                        ("a_rendre__lte", models.F("deja_appele")),
                                        ("montant", 0),
                                        ("regularise__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_regularisation_sait_ce_qui_est_appele",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grille",
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
                                default=beffroi.centre.contributions.models.reference_de_grille, max_length=16, unique=True
                            ),
                        ),
                        (
                            "numero_de_deliberation",
                            models.CharField(max_length=60, verbose_name="numéro de la délibération"),
                        ),
                        ("deliberee_le", models.DateField(verbose_name="date de la délibération")),
                        ("effet", models.DateField(verbose_name="premier jour d'effet")),
                        (
                            "seuil",
                            models.PositiveIntegerField(
                                default=350, verbose_name="agents qui séparent les deux catégories"
                            ),
                        ),
                        ("gardee_le", models.DateTimeField()),
                        (
                            "gardee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-effet", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("effet__gt", models.F("deliberee_le"))),
                                name="une_grille_n_est_pas_retroactive",
                            ),
                            models.CheckConstraint(condition=models.Q(("seuil__gt", 0)), name="une_grille_a_un_seuil"),
                            models.UniqueConstraint(
                                fields=("effet", "numero_de_deliberation"), name="une_grille_par_deliberation_et_effet"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrancheTarifaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "categorie",
                            models.CharField(
                                choices=[("au_dela", "Au-delà du seuil"), ("jusqu_au_seuil", "Jusqu'au seuil")],
                                max_length=14,
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField()),
                        ("de", models.PositiveIntegerField()),
                        ("jusqu_a", models.PositiveIntegerField(blank=True, null=True)),
                        ("montant", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "grille",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tranches",
                                to="contributions.grille",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["grille", "categorie", "numero"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("grille", "categorie", "numero"), name="un_numero_par_tranche"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("jusqu_a", None)),
                                fields=("grille", "categorie"),
                                name="une_seule_tranche_sans_fin",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("de", 0), ("numero", 1)),
                                    models.Q(("de__gt", 0), ("numero__gt", 1)),
                                    _connector="OR",
                                ),
                                name="la_premiere_tranche_commence_a_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("jusqu_a", None), ("jusqu_a__gte", models.F("de")), _connector="OR"
                                ),
                                name="une_tranche_finit_apres_son_debut",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gte", 0)), name="une_tranche_ne_rend_pas_d_argent"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChoixDuTarif",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cle",
                            models.CharField(
                                choices=[
                                    (
                                        "borne_commune",
                                        "150 et 250 consultations sont nommés par deux tranches : à laquelle vont-ils ?",
                                    ),
                                    ("a_350_agents", "350 agents tout juste : la grille ne le dit pas."),
                                    ("definition_effectif", "« Agents » n'est pas défini : lesquels comptent ?"),
                                    ("base_volume", "Quelle année décide de la tranche ?"),
                                    ("premiere_annee", "Première année : il n'y a pas d'année précédente."),
                                    ("fait_generateur", "Quand une consultation compte-t-elle ?"),
                                    ("relance", "Une consultation relancée après une infructueuse ou une sans suite"),
                                    ("prorata", "Une année incomplète"),
                                    ("prorata_sortie", "Qui part en cours d'année"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("valeur", models.CharField(max_length=40)),
                        ("effet", models.DateField(verbose_name="premier jour d'effet")),
                        ("deliberation", models.CharField(max_length=120, verbose_name="délibération qui la fonde")),
                        ("choisi_le", models.DateTimeField()),
                        (
                            "choisi_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["effet", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("deliberation", ""), _negated=True),
                                name="un_choix_a_sa_deliberation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contestation",
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
                                default=beffroi.centre.contributions.models.reference_de_contestation,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("texte", models.TextField()),
                        ("ecrite_le", models.DateTimeField()),
                        (
                            "issue",
                            models.CharField(
                                blank=True, choices=[("fondee", "Fondée"), ("rejetee", "Rejetée")], max_length=8
                            ),
                        ),
                        ("reponse", models.TextField(blank=True)),
                        ("repondue_le", models.DateTimeField(blank=True, null=True)),
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
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contestations",
                                to="contributions.contribution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ecrite_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("texte", ""), _negated=True),
                                name="une_contestation_dit_quelque_chose",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("repondue_le", None)),
                                fields=("contribution",),
                                name="une_contestation_ouverte_a_la_fois",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("issue", ""), ("repondue_le", None), ("repondue_par", None), ("reponse", "")
                                    ),
                                    models.Q(
                                        ("repondue_le__isnull", False),
                                        ("repondue_par__isnull", False),
                                        models.Q(("issue", ""), _negated=True),
                                        models.Q(("reponse", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_reponse_a_son_issue_et_son_auteur",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Avoir",
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
                                default=beffroi.centre.contributions.models.reference_d_avoir, max_length=16, unique=True
                            ),
                        ),
                        ("numero", models.PositiveIntegerField(unique=True)),
                        (
                            "motif",
                            models.CharField(
                                choices=[
                                    ("depart", "Départ en cours d'année"),
                                    ("contestation", "Contestation fondée"),
                                    ("erreur", "Erreur constatée"),
                                    ("regularisation", "Régularisation d'un volume estimé"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("montant", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("explication", models.CharField(max_length=500)),
                        ("accorde_le", models.DateTimeField()),
                        (
                            "accorde_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avoirs",
                                to="contributions.contribution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="un_avoir_rend_quelque_chose"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("explication", ""), _negated=True), name="un_avoir_s_explique"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("motif", "depart")),
                                fields=("contribution",),
                                name="un_seul_avoir_de_depart",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EcartDeCompte",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "motif",
                            models.CharField(
                                choices=[
                                    ("incident", "Annulée par un incident de la plateforme"),
                                    ("relance", "Relance d'une consultation infructueuse ou sans suite"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("explication", models.CharField(max_length=500)),
                        ("note_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ecart_de_compte",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "note_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "relancee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("motif", "incident"), ("relancee", None)),
                                    models.Q(("motif", "relance"), ("relancee__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_relance_nomme_ce_qu_elle_relance",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("explication", ""), _negated=True), name="un_ecart_s_explique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("relancee", None),
                                    models.Q(("relancee", models.F("consultation")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nulle_ne_se_relance",
                            ),
                        ]
                    },
                ),
            ]
        ),
        *GARDES,
    ]
