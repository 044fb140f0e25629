"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.conventions.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("conventions", "0001_initiale"), ("conventions", "0002_signatures_lues")]

    initial = True

    dependencies = [("adherents", "0002_depart"), ("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="AttestationDAssurance",
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
                                default=beffroi.centre.conventions.models.reference_d_attestation, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("archives", "Conservation des archives"),
                                    ("responsabilite", "Responsabilité civile"),
                                    ("cyber", "Risque numérique"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("assureur", models.CharField(max_length=120)),
                        ("police", models.CharField(blank=True, max_length=60, verbose_name="numéro de contrat")),
                        ("du", models.DateField()),
                        ("au", models.DateField(verbose_name="dernier jour couvert")),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("ajoutee_le", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["sorte", "-au", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("au__gte", models.F("du"))),
                                name="une_assurance_ne_finit_pas_avant_de_commencer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Convention",
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
                                default=beffroi.centre.conventions.models.reference_de_convention, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("demande", "Demande"),
                                    ("projet", "Projet"),
                                    ("chez_la_collectivite", "Chez la collectivité"),
                                    ("deliberation_recue", "Délibération reçue"),
                                    ("signee", "Signée"),
                                    ("active", "Active"),
                                    ("a_renouveler", "À renouveler"),
                                    ("denoncee", "Dénoncée"),
                                    ("close", "Close"),
                                ],
                                default="demande",
                                max_length=24,
                            ),
                        ),
                        (
                            "origine",
                            models.CharField(
                                choices=[
                                    ("en_ligne", "Demandée en ligne"),
                                    ("centre", "Ouverte par le centre de gestion"),
                                ],
                                default="centre",
                                max_length=12,
                            ),
                        ),
                        (
                            "designation",
                            models.CharField(blank=True, max_length=250, verbose_name="désignation dans l'acte"),
                        ),
                        ("representant", models.CharField(blank=True, max_length=200, verbose_name="représentant")),
                        (
                            "signataire",
                            models.CharField(blank=True, max_length=120, verbose_name="qualité du signataire"),
                        ),
                        ("siege", models.CharField(blank=True, max_length=300, verbose_name="siège")),
                        (
                            "contact_donnees",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="contact pour les données personnelles"
                            ),
                        ),
                        (
                            "fondement",
                            models.CharField(
                                choices=[
                                    ("L2511-1", "Quasi-régie (CCP, art. L. 2511-1)"),
                                    ("L2511-3", "Quasi-régie exercée en commun (CCP, art. L. 2511-3)"),
                                    ("L2511-6", "Coopération entre acheteurs publics (CCP, art. L. 2511-6)"),
                                    ("R2122-8", "Marché sans publicité ni mise en concurrence (CCP, art. R. 2122-8)"),
                                ],
                                default="L2511-1",
                                max_length=8,
                            ),
                        ),
                        (
                            "tva",
                            models.CharField(
                                choices=[
                                    ("hors_champ", "Hors champ"),
                                    ("exoneree", "Exonérée"),
                                    ("assujettie", "Assujettie"),
                                ],
                                default="hors_champ",
                                max_length=12,
                                verbose_name="TVA",
                            ),
                        ),
                        (
                            "volume_estime",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="consultations estimées par an"
                            ),
                        ),
                        ("tribunal", models.TextField(blank=True, verbose_name="tribunal administratif")),
                        ("comptable", models.TextField(blank=True, verbose_name="service de gestion comptable")),
                        (
                            "date_de_l_acte",
                            models.DateField(blank=True, null=True, verbose_name="date portée sur l'acte"),
                        ),
                        ("interlocuteur", models.CharField(blank=True, max_length=120)),
                        (
                            "qualite",
                            models.CharField(blank=True, max_length=120, verbose_name="qualité de l'interlocuteur"),
                        ),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        (
                            "deliberation_numero",
                            models.CharField(blank=True, max_length=60, verbose_name="numéro de la délibération"),
                        ),
                        (
                            "deliberation_date",
                            models.DateField(blank=True, null=True, verbose_name="date de la délibération"),
                        ),
                        (
                            "deliberation_executoire_le",
                            models.DateField(blank=True, null=True, verbose_name="exécutoire le"),
                        ),
                        ("signee_par_l_adherent_le", models.DateField(blank=True, null=True)),
                        ("signee_par_le_centre_le", models.DateField(blank=True, null=True)),
                        ("prise_d_effet", models.DateField(blank=True, null=True)),
                        ("terme", models.DateField(blank=True, null=True, verbose_name="dernier jour de la période")),
                        ("fin", models.DateField(blank=True, null=True, verbose_name="dernier jour couvert")),
                        ("fin_pour_impaye", models.BooleanField(default=False)),
                        ("motif_d_ecart", models.TextField(blank=True, verbose_name="pourquoi elle a été écartée")),
                        ("demandee_le", models.DateTimeField()),
                        ("envoyee_le", models.DateTimeField(blank=True, null=True)),
                        ("relancee_le", models.DateTimeField(blank=True, null=True)),
                        ("activee_le", models.DateTimeField(blank=True, null=True)),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "adherent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conventions",
                                to="adherents.adherent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["adherent__nom", "-demandee_le"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("etat", "close"), _negated=True),
                                fields=("adherent",),
                                name="une_convention_en_vie_par_adherent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("prise_d_effet", None),
                                    ("prise_d_effet__gte", models.F("deliberation_executoire_le")),
                                    _connector="OR",
                                ),
                                name="une_convention_ne_prend_pas_effet_avant_sa_deliberation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deliberation_date", None),
                                    ("deliberation_executoire_le__gte", models.F("deliberation_date")),
                                    _connector="OR",
                                ),
                                name="une_deliberation_n_est_pas_executoire_avant_d_etre_prise",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat__in", ["signee", "active", "a_renouveler", "denoncee"]), _negated=True
                                    ),
                                    models.Q(
                                        ("prise_d_effet__isnull", False), ("deliberation_executoire_le__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="une_convention_signee_a_sa_date_d_effet",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "denoncee"), _negated=True),
                                    ("fin__isnull", False),
                                    _connector="OR",
                                ),
                                name="une_convention_denoncee_a_une_fin",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AvenantConvention",
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
                                default=beffroi.centre.conventions.models.reference_d_avenant, max_length=16, unique=True
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("objet", models.TextField()),
                        ("change_la_grille", models.BooleanField(default=False)),
                        ("effet_voulu", models.DateField()),
                        ("effet_le", models.DateField(blank=True, null=True, verbose_name="prend effet le")),
                        ("signe_par_l_adherent_le", models.DateField(blank=True, null=True)),
                        ("signe_par_le_centre_le", models.DateField(blank=True, null=True)),
                        ("propose_le", models.DateTimeField(verbose_name="proposé le")),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avenants",
                                to="conventions.convention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("convention", "numero"), name="un_avenant_par_numero"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effet_le", None),
                                    models.Q(
                                        ("signe_par_l_adherent_le__isnull", False),
                                        ("signe_par_le_centre_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_avenant_vaut_une_fois_signe_des_deux",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandeDAdhesion",
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
                                default=beffroi.centre.conventions.models.reference_de_demande, max_length=18, unique=True
                            ),
                        ),
                        ("siren", models.CharField(max_length=9, verbose_name="SIREN")),
                        ("nom", models.CharField(max_length=200)),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("commune", "Commune"),
                                    ("ccas", "CCAS ou CIAS"),
                                    ("caisse_des_ecoles", "Caisse des écoles"),
                                    ("epci", "EPCI à fiscalité propre"),
                                    ("syndicat", "Syndicat"),
                                    ("autre", "Autre établissement"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("interlocuteur", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120, verbose_name="qualité")),
                        ("courriel", models.EmailField(max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                        ("volume_estime", models.PositiveIntegerField(blank=True, null=True)),
                        ("demandee_le", models.DateTimeField()),
                        ("confirmee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "convention",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conventions.convention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-demandee_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("confirmee_le", None)),
                                fields=("siren", "courriel"),
                                name="une_demande_en_attente_par_adresse",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Denonciation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "par",
                            models.CharField(
                                choices=[
                                    ("adherent", "L'adhérent se retire"),
                                    ("centre", "Le centre de gestion résilie"),
                                    ("impaye", "Décision après un défaut de paiement"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("recue_le", models.DateField(verbose_name="reçue, ou présentée la première fois, le")),
                        (
                            "premiere_presentation",
                            models.BooleanField(default=False, verbose_name="lettre refusée ou non réclamée"),
                        ),
                        ("motif", models.TextField(blank=True)),
                        ("fin_le", models.DateField(verbose_name="dernier jour couvert")),
                        (
                            "copie_archives_le",
                            models.DateField(
                                blank=True, null=True, verbose_name="copie aux Archives départementales le"
                            ),
                        ),
                        ("remis_le", models.DateField(blank=True, null=True, verbose_name="export complet remis le")),
                        (
                            "accuse_le",
                            models.DateField(
                                blank=True, null=True, verbose_name="accusé de réception de l'adhérent le"
                            ),
                        ),
                        (
                            "efface_le",
                            models.DateField(blank=True, null=True, verbose_name="certificat d'effacement le"),
                        ),
                        ("notee_le", models.DateTimeField()),
                        ("annulee_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_d_annulation", models.TextField(blank=True)),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="denonciations",
                                to="conventions.convention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-notee_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("annulee_le", None)),
                                fields=("convention",),
                                name="une_denonciation_en_cours_par_convention",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fin_le__gte", models.F("recue_le"))),
                                name="une_convention_ne_finit_pas_avant_sa_denonciation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("efface_le", None),
                                    models.Q(("accuse_le__isnull", False), ("remis_le__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rien_ne_s_efface_sans_accuse",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Litige",
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
                                default=beffroi.centre.conventions.models.reference_de_litige, max_length=16, unique=True
                            ),
                        ),
                        ("objet", models.TextField()),
                        (
                            "etape",
                            models.CharField(
                                choices=[
                                    ("amiable", "Règlement amiable"),
                                    ("tribunal", "Devant le tribunal administratif"),
                                    ("clos", "Clos"),
                                ],
                                default="amiable",
                                max_length=12,
                            ),
                        ),
                        ("ouvert_le", models.DateField()),
                        ("issue", models.TextField(blank=True)),
                        ("clos_le", models.DateField(blank=True, null=True)),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="litiges",
                                to="conventions.convention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ouvert_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etape", "clos"), _negated=True),
                                    ("clos_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_litige_clos_a_une_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParametreDate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nom", models.CharField(max_length=40)),
                        ("valeur", models.TextField(blank=True)),
                        ("effet_le", models.DateField()),
                        ("deliberation", models.CharField(blank=True, max_length=200, verbose_name="délibération")),
                        ("decide_le", models.DateTimeField()),
                        (
                            "decide_par",
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
                        "ordering": ["nom", "-effet_le", "-decide_le", "-pk"],
                        "indexes": [models.Index(fields=["nom", "effet_le"], name="parametre_en_vigueur")],
                    },
                ),
                migrations.CreateModel(
                    name="PieceDeConvention",
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
                                default=beffroi.centre.conventions.models.reference_de_piece_de_convention,
                                max_length=18,
                                unique=True,
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("projet", "Projet"),
                                    ("exemplaire", "Exemplaire à signer"),
                                    ("annexe", "Annexe"),
                                    ("deliberation", "Délibération"),
                                    ("signee_par_l_adherent", "Signée par l'adhérent"),
                                    ("signee_par_le_centre", "Signée par le centre de gestion"),
                                    ("avenant", "Avenant"),
                                    ("lettre", "Lettre"),
                                    ("preuve_postale", "Preuve de réception"),
                                    ("copie_aux_archives", "Copie aux Archives départementales"),
                                    ("remise", "Remise des documents"),
                                    ("litige", "Échange du litige"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("modele", models.CharField(blank=True, max_length=40, verbose_name="modèle et version")),
                        ("ajoutee_le", models.DateTimeField()),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="conventions.convention",
                            ),
                        ),
                        (
                            "signatures",
                            models.JSONField(
                                blank=True, default=list, verbose_name="signatures électroniques lues au dépôt"
                            ),
                        ),
                        ("signatures_illisibles", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["-ajoutee_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taille__gt", 0)), name="une_piece_de_convention_n_est_pas_vide"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EchangeDuLitige",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("le", models.DateField()),
                        ("de", models.CharField(max_length=120, verbose_name="de la part de")),
                        ("texte", models.TextField()),
                        ("note_le", models.DateTimeField(verbose_name="noté le")),
                        (
                            "litige",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="echanges",
                                to="conventions.litige",
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="conventions.piecedeconvention",
                            ),
                        ),
                    ],
                    options={"ordering": ["le", "pk"]},
                ),
            ]
        )
    ]
