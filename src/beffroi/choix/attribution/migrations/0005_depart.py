"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.choix.attribution.models
from beffroi.choix.attribution.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("attribution", "0001_initiale"),
        ("attribution", "0002_decisions_immuables"),
        ("attribution", "0003_plusieurs_titulaires"),
        ("attribution", "0004_retenues_immuables"),
    ]

    initial = True

    dependencies = [
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("depots", "0007_depart"),
        ("echanges", "0006_depart"),
        ("entreprises", "0004_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Attribution",
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
                                default=beffroi.choix.attribution.models.reference_d_attribution, max_length=16, unique=True
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "rang",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="la combientième décision sur ce lot"
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("attribuee", "Attribué"),
                                    ("infructueux", "Infructueux"),
                                    ("sans_suite", "Sans suite"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("variante", models.PositiveSmallIntegerField(default=0, verbose_name="0 : l'offre de base")),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="montant hors taxes",
                            ),
                        ),
                        ("motif", models.TextField(verbose_name="pourquoi ce choix, ou cette renonciation")),
                        (
                            "avantages",
                            models.TextField(
                                blank=True, verbose_name="caractéristiques et avantages de l'offre retenue"
                            ),
                        ),
                        (
                            "classement",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="sa place au classement"
                            ),
                        ),
                        (
                            "motif_de_l_ecart",
                            models.TextField(blank=True, verbose_name="pourquoi ce n'est pas l'offre la mieux classée"),
                        ),
                        (
                            "fondement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("aucune_offre", "Infructueux : aucune offre n'a été remise à temps"),
                                    (
                                        "inappropriees",
                                        "Infructueux : seules des candidatures irrecevables ou des offres inappropriées",
                                    ),
                                    ("irregulieres", "Infructueux : seules des offres irrégulières ou inacceptables"),
                                    ("interet_general", "Sans suite : un motif d'intérêt général"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("correction", "Une erreur dans la décision, avant l'envoi des lettres"),
                                    (
                                        "defaillance",
                                        "L'entreprise retenue n'a pas produit ses preuves, ou doit être exclue",
                                    ),
                                    (
                                        "empechement",
                                        "L'entreprise retenue ne peut plus exécuter, par cas fortuit ou force majeure",
                                    ),
                                    ("renonciation", "Vous renoncez à ce lot"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("motif_du_remplacement", models.TextField(blank=True)),
                        ("proposee_le", models.DateTimeField()),
                        ("decidee_le", models.DateTimeField(blank=True, null=True)),
                        ("rendue_le", models.DateTimeField(blank=True, null=True)),
                        ("motif_du_renvoi", models.TextField(blank=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attributions",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "decidee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                                related_name="attributions",
                                to="depots.pli",
                            ),
                        ),
                        (
                            "proposee_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "remplace",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacantes",
                                to="attribution.attribution",
                            ),
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
                        (
                            "titulaires_prevus",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="titulaires prévus, pour un accord-cadre qui en a plusieurs",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["lot", "rang", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("rendue_le", None)),
                                fields=("consultation", "lot", "rang"),
                                name="une_decision_par_lot_et_rang",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None), ("rendue_le", None)),
                                fields=("consultation", "rang"),
                                name="une_decision_par_rang",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("fondement", ""),
                                        ("montant__gt", 0),
                                        ("pli__isnull", False),
                                        ("sorte", "attribuee"),
                                    ),
                                    models.Q(
                                        models.Q(("sorte", "attribuee"), _negated=True),
                                        ("montant", None),
                                        ("pli", None),
                                        models.Q(("fondement", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_attribution_a_son_offre_et_son_montant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("motif", ""), _negated=True), name="une_attribution_se_motive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cause", ""), ("motif_du_remplacement", ""), ("rang", 1), ("remplace", None)
                                    ),
                                    models.Q(
                                        ("rang__gt", 1),
                                        ("remplace__isnull", False),
                                        models.Q(("cause", ""), _negated=True),
                                        models.Q(("motif_du_remplacement", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_decision_suivante_dit_laquelle_elle_remplace",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decidee_le", None), ("decidee_par", None)),
                                    models.Q(("decidee_le__isnull", False), ("decidee_par__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_attribution_est_decidee_par_quelqu_un",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("motif_du_renvoi", ""), ("rendue_le", None), ("rendue_par", None)),
                                    models.Q(
                                        ("decidee_le", None),
                                        ("rendue_le__isnull", False),
                                        ("rendue_par__isnull", False),
                                        models.Q(("motif_du_renvoi", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_proposition_rendue_l_est_avec_son_motif",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lettre",
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
                                default=beffroi.choix.attribution.models.reference_de_lettre, max_length=16, unique=True
                            ),
                        ),
                        ("vague", models.PositiveSmallIntegerField()),
                        ("texte", models.TextField()),
                        ("redigee_le", models.DateTimeField()),
                        ("relue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "voie",
                            models.CharField(
                                choices=[
                                    ("electronique", "Par la messagerie de la plateforme"),
                                    ("autre", "Autrement : recommandé, remise en main propre"),
                                ],
                                default="electronique",
                                max_length=12,
                            ),
                        ),
                        (
                            "postee_le",
                            models.DateField(blank=True, null=True, verbose_name="jour de l'envoi par une autre voie"),
                        ),
                        (
                            "preuve_de_l_envoi",
                            models.CharField(blank=True, max_length=200, verbose_name="numéro de recommandé, reçu"),
                        ),
                        ("envoyee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lettres_d_attribution",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "envoyee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "exemplaire",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lettre_d_attribution",
                                to="echanges.exemplaire",
                            ),
                        ),
                        (
                            "relue_par",
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
                        "ordering": ["vague", "etablissement__entreprise__nom", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "vague", "etablissement"),
                                name="une_lettre_par_entreprise_et_vague",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("envoyee_le", None), ("envoyee_par", None), ("exemplaire", None)),
                                    models.Q(
                                        ("envoyee_le__isnull", False),
                                        ("envoyee_par__isnull", False),
                                        ("relue_le__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_lettre_partie_l_est_par_quelqu_un",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("envoyee_le", None),
                                    models.Q(
                                        ("exemplaire__isnull", False), ("postee_le", None), ("voie", "electronique")
                                    ),
                                    models.Q(("exemplaire", None), ("postee_le__isnull", False), ("voie", "autre")),
                                    _connector="OR",
                                ),
                                name="une_lettre_partie_autrement_a_son_jour",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandeDeMotifs",
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
                                default=beffroi.choix.attribution.models.reference_de_demande, max_length=16, unique=True
                            ),
                        ),
                        ("texte", models.TextField(verbose_name="ce qui est demandé")),
                        ("recue_le", models.DateTimeField()),
                        (
                            "repondre_avant",
                            models.DateField(blank=True, null=True, verbose_name="dernier jour pour répondre"),
                        ),
                        ("reponse", models.TextField(blank=True)),
                        ("repondue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "demandee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exemplaire",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reponse_a_une_demande",
                                to="echanges.exemplaire",
                            ),
                        ),
                        (
                            "notee_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "lettre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demandes",
                                to="attribution.lettre",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recue_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("repondue_le", None)),
                                fields=("lettre",),
                                name="une_demande_en_attente_par_lettre",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("exemplaire", None),
                                        ("repondue_le", None),
                                        ("repondue_par", None),
                                        ("reponse", ""),
                                    ),
                                    models.Q(
                                        ("repondue_le__gte", models.F("recue_le")),
                                        ("repondue_par__isnull", False),
                                        models.Q(("reponse", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_demande_repondue_a_sa_reponse",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("demandee_par__isnull", False), ("notee_par__isnull", False), _connector="OR"
                                ),
                                name="une_demande_vient_de_quelqu_un",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuiteDonnee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "issue",
                            models.CharField(
                                choices=[
                                    ("retenue", "Retenue"),
                                    ("rejetee", "Non retenue"),
                                    ("sans_suite", "Aucune offre retenue"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sa place")),
                        (
                            "note",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=7, null=True, verbose_name="sa note"
                            ),
                        ),
                        ("notes", models.JSONField(blank=True, default=list, verbose_name="ses notes par critère")),
                        (
                            "elimination",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ce qui l'a fait écarter sans la classer"
                            ),
                        ),
                        ("motif", models.TextField(blank=True, verbose_name="pourquoi elle n'est pas retenue")),
                        (
                            "attribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites",
                                to="attribution.attribution",
                            ),
                        ),
                        (
                            "lettre",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites",
                                to="attribution.lettre",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suites_donnees",
                                to="depots.pli",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["lettre", "attribution__lot", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lettre", "attribution"), name="une_suite_par_lettre_et_lot"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AutreRetenue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ordre", models.PositiveSmallIntegerField(verbose_name="sa place parmi les offres retenues")),
                        ("variante", models.PositiveSmallIntegerField(default=0, verbose_name="0 : l'offre de base")),
                        (
                            "montant",
                            models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant hors taxes"),
                        ),
                        (
                            "avantages",
                            models.TextField(blank=True, verbose_name="caractéristiques et avantages de cette offre"),
                        ),
                        (
                            "classement",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="sa place au classement"
                            ),
                        ),
                        (
                            "attribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="autres",
                                to="attribution.attribution",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="depots.pli"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["attribution", "ordre"],
                        "constraints": [
                            models.UniqueConstraint(fields=("attribution", "ordre"), name="une_retenue_par_ordre"),
                            models.UniqueConstraint(fields=("attribution", "pli"), name="une_retenue_par_reponse"),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0), ("ordre__gte", 2)),
                                name="une_autre_retenue_suit_la_premiere",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
