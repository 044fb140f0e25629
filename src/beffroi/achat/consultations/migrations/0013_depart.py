"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import beffroi.achat.consultations.models
from beffroi.achat.consultations.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("consultations", "0001_initiale"),
        ("consultations", "0002_recours_aux_gardiens"),
        ("consultations", "0003_procedure_des_tables"),
        ("consultations", "0004_cles_des_procedures"),
        ("consultations", "0005_publication_programmee"),
        ("consultations", "0006_document_retire"),
        ("consultations", "0007_publication_a_deux"),
        ("consultations", "0008_recherche_dans_son_contexte"),
        ("consultations", "0009_reponse_aux_questions"),
        ("consultations", "0010_entreprises_invitees"),
        ("consultations", "0011_technique"),
        ("consultations", "0012_effacee_le"),
    ]

    initial = True

    dependencies = [("cles", "0004_depart"), ("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        ("titre", models.CharField(max_length=200)),
                        ("objet", models.TextField()),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("travaux", "Travaux"),
                                    ("fournitures", "Fournitures"),
                                    ("services", "Services"),
                                    ("concession", "Concession"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "type_de_procedure",
                            models.CharField(
                                default="procedure_adaptee_ouverte",
                                help_text="La clé d'une procédure des tables de la loi.",
                                max_length=40,
                            ),
                        ),
                        ("code_cpv", models.CharField(blank=True, max_length=10)),
                        ("lieu", models.CharField(blank=True, max_length=200)),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("brouillon", "Brouillon"),
                                    ("en_relecture", "En relecture"),
                                    ("programmee", "Publication programmée"),
                                    ("publiee", "Publiée"),
                                    ("close", "Close"),
                                    ("en_ouverture", "En ouverture"),
                                    ("depouillee", "Dépouillée"),
                                    ("attribuee", "Attribuée"),
                                    ("sans_suite", "Sans suite"),
                                    ("archivee", "Archivée"),
                                ],
                                default="brouillon",
                                max_length=16,
                            ),
                        ),
                        ("date_limite_remise", models.DateTimeField(blank=True, null=True)),
                        ("date_limite_questions", models.DateTimeField(blank=True, null=True)),
                        ("ouverture_prevue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "adresse_de_remise",
                            models.TextField(blank=True, verbose_name="adresse pour les copies de sauvegarde"),
                        ),
                        (
                            "politique_de_cles",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard : un membre suffit à tourner la clé"),
                                    ("double", "Double contrôle : deux membres tournent leur clé"),
                                    ("coffre", "Coffre"),
                                ],
                                default="standard",
                                max_length=10,
                            ),
                        ),
                        ("creee_le", models.DateTimeField()),
                        ("publiee_le", models.DateTimeField(blank=True, null=True)),
                        ("close_le", models.DateTimeField(blank=True, null=True)),
                        ("sans_suite_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_sans_suite", models.TextField(blank=True)),
                        (
                            "archive_du_dossier",
                            models.CharField(blank=True, max_length=120, verbose_name="dossier de consultation en ZIP"),
                        ),
                        (
                            "cle_candidature",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cles.pairedecles",
                            ),
                        ),
                        (
                            "cle_offre",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cles.pairedecles",
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "redigee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "type_d_acheteur",
                            models.CharField(
                                choices=[
                                    ("pouvoir_adjudicateur", "Pouvoir adjudicateur"),
                                    ("entite_adjudicatrice", "Entité adjudicatrice"),
                                ],
                                default="pouvoir_adjudicateur",
                                max_length=24,
                            ),
                        ),
                        ("motif_d_empechement", models.TextField(blank=True)),
                        ("publication_empechee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "publication_prevue_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="heure dite de la publication"),
                        ),
                        (
                            "publication_prevue_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("motif_du_renvoi", models.TextField(blank=True)),
                        (
                            "rendue_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="rendue à qui l'a rédigée"),
                        ),
                        (
                            "rendue_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("technique", models.BooleanField(default=False, verbose_name="la plateforme s'y éprouve")),
                        ("effacee_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["date_limite_remise", "pk"],
                        "base_manager_name": "y_compris_techniques",
                        "default_manager_name": "toutes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publiee_le", None),
                                    models.Q(
                                        ("cle_candidature__isnull", False),
                                        ("cle_offre__isnull", False),
                                        ("date_limite_remise__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="publiee_avec_limite_et_cles",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat__in", ["brouillon", "en_relecture", "programmee"]), ("publiee_le", None)
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("etat__in", ["brouillon", "en_relecture", "programmee"]), _negated=True
                                        ),
                                        ("publiee_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="publiee_hors_brouillon",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat", "programmee"),
                                        ("publication_prevue_le__isnull", False),
                                        ("publication_prevue_par__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("etat", "programmee"), _negated=True),
                                        models.Q(
                                            ("publication_prevue_le", None),
                                            ("publiee_le__isnull", False),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="programmee_avec_son_heure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("motif_d_empechement", ""), ("publication_empechee_le", None)),
                                    models.Q(
                                        ("publication_empechee_le__isnull", False),
                                        models.Q(("motif_d_empechement", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="publication_empechee_avec_motif",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("motif_du_renvoi", ""), ("rendue_le", None), ("rendue_par", None)),
                                    models.Q(
                                        ("rendue_le__isnull", False),
                                        ("rendue_par__isnull", False),
                                        models.Q(("motif_du_renvoi", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rendue_avec_motif",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["etat", "date_limite_remise"], name="consultation_par_limite")
                        ],
                    },
                    managers=[
                        ("toutes", django.db.models.manager.Manager()),
                        ("y_compris_techniques", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ChangementPublie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("document", "Un document a changé"),
                                    ("delai", "L'heure limite a changé"),
                                    ("sans_suite", "La consultation est sans suite"),
                                    ("gardiens", "Les gardiens des clés sont appelés"),
                                    ("question", "Une réponse est donnée à une question"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("texte", models.CharField(max_length=500)),
                        ("le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changements",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={"ordering": ["-le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="Lot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField()),
                        ("intitule", models.CharField(max_length=200)),
                        ("code_cpv", models.CharField(blank=True, max_length=10)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lots",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "numero"), name="un_lot_par_numero")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembreQuiOuvre",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("designe_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membres_qui_ouvrent",
                                to="consultations.consultation",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "utilisateur"), name="un_membre_par_consultation"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="PieceAttendue",
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
                                default=beffroi.achat.consultations.models.reference_de_piece_attendue,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        (
                            "enveloppe",
                            models.CharField(
                                choices=[("candidature", "Candidature"), ("offre", "Offre")], max_length=12
                            ),
                        ),
                        ("intitule", models.CharField(max_length=120)),
                        (
                            "formats",
                            models.CharField(
                                blank=True, help_text="Extensions, séparées par des virgules.", max_length=80
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField(default=0)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces_attendues",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces_attendues",
                                to="consultations.lot",
                            ),
                        ),
                    ],
                    options={"ordering": ["enveloppe", "rang", "pk"]},
                ),
                migrations.CreateModel(
                    name="PieceDce",
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
                                default=beffroi.achat.consultations.models.reference_de_piece, max_length=16, unique=True
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
                                default="autre",
                                max_length=8,
                            ),
                        ),
                        ("intitule", models.CharField(max_length=160)),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("explication", models.CharField(blank=True, max_length=300, verbose_name="ce qui change")),
                        ("ajoutee_le", models.DateTimeField()),
                        ("publiee_le", models.DateTimeField(blank=True, null=True)),
                        ("rang", models.PositiveSmallIntegerField(default=0)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
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
                                to="consultations.piecedce",
                            ),
                        ),
                        ("retiree_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["rang", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("retiree_le", None), ("publiee_le__isnull", False), _connector="OR"
                                ),
                                name="retiree_apres_avoir_ete_publiee",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntrepriseInvitee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("siret", models.CharField(max_length=18, verbose_name="SIRET, ou identifiant étranger")),
                        ("nom", models.CharField(max_length=200)),
                        ("courriel", models.EmailField(max_length=254)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitees",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "siret"), name="une_invitation_par_entreprise"
                            )
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
