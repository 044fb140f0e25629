"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.publicite.avis.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("avis", "0001_initiale"),
        ("avis", "0002_coordonnees_et_verification"),
        ("avis", "0003_avis_d_attribution"),
    ]

    initial = True

    dependencies = [("consultations", "0013_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Avis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(default=beffroi.publicite.avis.models.reference_d_avis, max_length=16, unique=True),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("initial", "Avis"),
                                    ("rectificatif", "Avis rectificatif"),
                                    ("annulation", "Avis d'annulation"),
                                    ("attribution", "Avis d'attribution"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "forme",
                            models.CharField(
                                choices=[("nationale", "Avis national"), ("europeenne", "Avis européen")], max_length=12
                            ),
                        ),
                        ("contenu", models.TextField(help_text="L'avis structuré, en JSON.")),
                        ("texte", models.TextField(help_text="Le texte, prêt pour un journal d'annonces légales.")),
                        ("xml", models.TextField(blank=True)),
                        ("identifiant", models.UUIDField(help_text="L'identifiant européen de l'avis (BT-701).")),
                        ("dossier", models.UUIDField(help_text="L'identifiant européen de la procédure (BT-04).")),
                        ("ecrit_le", models.DateTimeField()),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changements",
                                to="avis.avis",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="avis",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ecrit_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("forme", "europeenne"), _negated=True),
                                    models.Q(("xml", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="avis_europeen_avec_xml",
                            ),
                            models.UniqueConstraint(fields=("identifiant",), name="un_identifiant_par_avis"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("change", None), ("sorte__in", ["initial", "attribution"])),
                                    models.Q(
                                        models.Q(("sorte__in", ["initial", "attribution"]), _negated=True),
                                        models.Q(("change", None), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="avis_initial_ne_change_rien",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Parution",
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
                                default=beffroi.publicite.avis.models.reference_de_parution, max_length=16, unique=True
                            ),
                        ),
                        (
                            "support",
                            models.CharField(
                                choices=[
                                    ("boamp", "BOAMP"),
                                    ("joue", "Journal officiel de l'Union européenne"),
                                    ("jal", "Journal d'annonces légales"),
                                    ("presse", "Presse spécialisée"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("nom_du_support", models.CharField(blank=True, max_length=120)),
                        (
                            "voie",
                            models.CharField(
                                choices=[
                                    ("manuelle", "Je l'envoie moi-même"),
                                    ("dossier", "Dépôt dans un dossier d'échange"),
                                    ("http", "Envoi par la plateforme"),
                                ],
                                default="manuelle",
                                max_length=10,
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("preparee", "Préparée"),
                                    ("en_envoi", "En cours d'envoi"),
                                    ("envoyee", "Envoyée"),
                                    ("confirmee", "Réception confirmée"),
                                    ("parue", "Parue"),
                                    ("refusee", "Refusée"),
                                ],
                                default="preparee",
                                max_length=12,
                            ),
                        ),
                        ("preparee_le", models.DateTimeField()),
                        ("envoyee_le", models.DateTimeField(blank=True, null=True)),
                        ("confirmee_le", models.DateTimeField(blank=True, null=True)),
                        ("parue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "numero",
                            models.CharField(blank=True, max_length=80, verbose_name="numéro donné par le support"),
                        ),
                        ("adresse", models.URLField(blank=True, max_length=400, verbose_name="adresse de l'avis paru")),
                        ("motif_du_refus", models.TextField(blank=True)),
                        ("preuve_nom", models.CharField(blank=True, max_length=255)),
                        ("preuve_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "preuve_cle",
                            models.CharField(blank=True, max_length=120, verbose_name="clé de stockage de la preuve"),
                        ),
                        (
                            "avis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parutions", to="avis.avis"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["preparee_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("avis", "support", "nom_du_support"), name="une_parution_par_support"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("envoyee_le", None), ("preuve_cle", "")),
                                    models.Q(
                                        ("envoyee_le__isnull", False),
                                        models.Q(("preuve_cle", ""), _negated=True),
                                        models.Q(("preuve_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="envoi_prouve",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat__in", ["envoyee", "confirmee", "parue"]), _negated=True),
                                    ("envoyee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="envoyee_avec_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "confirmee"), _negated=True),
                                    ("confirmee_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="confirmee_avec_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "parue"), ("parue_le__isnull", False)),
                                    models.Q(models.Q(("etat", "parue"), _negated=True), ("parue_le", None)),
                                    _connector="OR",
                                ),
                                name="parue_avec_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "refusee"), _negated=True),
                                    models.Q(("motif_du_refus", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refusee_avec_motif",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoordonneesDAvis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("adresse", models.CharField(blank=True, max_length=200)),
                        ("code_postal", models.CharField(blank=True, max_length=5)),
                        ("ville", models.CharField(blank=True, max_length=100)),
                        ("code_nuts", models.CharField(blank=True, max_length=5, verbose_name="département")),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        ("tribunal", models.CharField(blank=True, max_length=120)),
                        ("tribunal_siret", models.CharField(blank=True, max_length=14)),
                        ("tribunal_code_postal", models.CharField(blank=True, max_length=5)),
                        ("tribunal_ville", models.CharField(blank=True, max_length=100)),
                        (
                            "tribunal_code_nuts",
                            models.CharField(blank=True, max_length=5, verbose_name="département du tribunal"),
                        ),
                        ("tribunal_courriel", models.EmailField(blank=True, max_length=254)),
                        ("tribunal_telephone", models.CharField(blank=True, max_length=30)),
                        ("modifiees_le", models.DateTimeField()),
                        (
                            "organisme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coordonnees_d_avis",
                                to="organismes.organisme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="VerificationDAvis",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("demandee_le", models.DateTimeField()),
                        ("faite_le", models.DateTimeField(blank=True, null=True)),
                        ("rapport", models.JSONField(blank=True, null=True)),
                        (
                            "avis",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="verification", to="avis.avis"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("faite_le__isnull", True), ("rapport__isnull", True)),
                                    models.Q(("faite_le__isnull", False), ("rapport__isnull", False)),
                                    _connector="OR",
                                ),
                                name="verification_faite_avec_rapport",
                            )
                        ]
                    },
                ),
            ]
        )
    ]
