"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.reponse.depots.models
from beffroi.reponse.depots.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("depots", "0001_initiale"),
        ("depots", "0002_faits_immuables"),
        ("depots", "0003_scellement_unique"),
        ("depots", "0004_depots_materiels_figes"),
        ("depots", "0005_tours_d_offres"),
        ("depots", "0006_depots_d_essai"),
    ]

    initial = True

    dependencies = [
        ("comptes", "0004_depart"),
        ("consultations", "0013_depart"),
        ("entreprises", "0004_depart"),
        ("tours", "0002_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="BrouillonDeReponse",
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
                                default=beffroi.reponse.depots.models.reference_de_reponse, max_length=16, unique=True
                            ),
                        ),
                        ("lots", models.JSONField(default=list)),
                        ("groupement", models.JSONField(blank=True, default=dict)),
                        ("groupement_vu_le", models.DateTimeField(blank=True, null=True)),
                        ("sel_du_jeton", models.CharField(default=beffroi.reponse.depots.models.sel_de_jeton, max_length=64)),
                        ("commence_le", models.DateTimeField()),
                        ("premier_octet_le", models.DateTimeField(blank=True, null=True)),
                        ("expire_le", models.DateTimeField()),
                        (
                            "commence_par",
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
                                related_name="brouillons",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="brouillons",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="brouillons",
                                to="tours.invitation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["etablissement", "consultation"], name="brouillon_par_etablissement")
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="DepotMateriel",
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
                                    ("copie_de_sauvegarde", "Copie de sauvegarde"),
                                    ("echantillon", "Échantillon ou maquette"),
                                    ("papier", "Réponse sur papier"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("deposant", models.CharField(max_length=200)),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("recu_le", models.DateTimeField()),
                        (
                            "preuve",
                            models.CharField(help_text="Numéro de recommandé, récépissé remis…", max_length=200),
                        ),
                        ("observation", models.TextField(blank=True)),
                        ("saisi_le", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="depots_materiels",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "saisi_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["recu_le", "pk"]},
                ),
                migrations.CreateModel(
                    name="FichierScelle",
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
                                default=beffroi.reponse.depots.models.reference_de_fichier, max_length=24, unique=True
                            ),
                        ),
                        (
                            "enveloppe",
                            models.CharField(
                                choices=[("candidature", "Candidature"), ("offre", "Offre")], max_length=12
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("nom", models.CharField(max_length=255)),
                        ("taille", models.PositiveBigIntegerField()),
                        ("taille_claire", models.PositiveBigIntegerField()),
                        (
                            "etat",
                            models.CharField(
                                choices=[("en_cours", "En cours d'envoi"), ("termine", "Reçu et vérifié")],
                                default="en_cours",
                                max_length=8,
                            ),
                        ),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("televersement", models.CharField(blank=True, max_length=300)),
                        ("racine", models.CharField(blank=True, max_length=64)),
                        ("sha256_declare", models.CharField(blank=True, max_length=64)),
                        ("sha256_recalcule", models.CharField(blank=True, max_length=64)),
                        ("commence_le", models.DateTimeField()),
                        ("termine_le", models.DateTimeField(blank=True, null=True)),
                        ("ecarte_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "brouillon",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fichiers",
                                to="depots.brouillondereponse",
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="consultations.pieceattendue",
                            ),
                        ),
                        ("scellement", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "en_cours"), ("termine_le", None)),
                                    models.Q(
                                        ("etat", "termine"),
                                        ("termine_le__isnull", False),
                                        models.Q(("racine", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="un_fichier_termine_a_sa_racine",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("scellement", ""), _negated=True),
                                fields=("brouillon", "scellement"),
                                name="un_fichier_par_scellement",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartieRecue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveIntegerField()),
                        ("taille", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("recue_le", models.DateTimeField()),
                        (
                            "fichier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="depots.fichierscelle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("fichier", "numero"), name="une_partie_par_numero")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pli",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(max_length=16, unique=True)),
                        ("lots", models.JSONField(default=list)),
                        ("groupement", models.JSONField(blank=True, default=dict)),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("depose", "Déposé"),
                                    ("remplace", "Remplacé"),
                                    ("retire", "Retiré"),
                                    ("ouvert", "Ouvert"),
                                ],
                                default="depose",
                                max_length=10,
                            ),
                        ),
                        ("cle_d_idempotence", models.CharField(max_length=80)),
                        ("debut_transmission", models.DateTimeField()),
                        ("fin_transmission", models.DateTimeField()),
                        ("recu_le", models.DateTimeField()),
                        ("date_limite", models.DateTimeField()),
                        ("hors_delai", models.BooleanField()),
                        ("version_client", models.CharField(blank=True, max_length=80)),
                        ("ecriture", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("retire_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "brouillon",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plis",
                                to="depots.brouillondereponse",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plis",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entreprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plis",
                                to="entreprises.entreprise",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plis",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "remplace",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remplacants",
                                to="depots.pli",
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plis",
                                to="tours.tour",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recu_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("brouillon", "cle_d_idempotence"), name="un_pli_par_cle_d_idempotence"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hors_delai", True), ("recu_le__gt", models.F("date_limite"))),
                                    models.Q(("hors_delai", False), ("recu_le__lte", models.F("date_limite"))),
                                    _connector="OR",
                                ),
                                name="hors_delai_est_un_fait",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("debut_transmission__lte", models.F("fin_transmission")),
                                    ("fin_transmission__lte", models.F("recu_le")),
                                ),
                                name="debut_avant_fin_avant_reception",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enveloppe",
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
                                choices=[("candidature", "Candidature"), ("offre", "Offre")], max_length=12
                            ),
                        ),
                        ("lot", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("empreinte_de_cle", models.CharField(max_length=32)),
                        ("engagement", models.CharField(max_length=64)),
                        ("fichiers", models.ManyToManyField(related_name="enveloppes", to="depots.fichierscelle")),
                        (
                            "manifeste",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="depots.fichierscelle"
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="enveloppes", to="depots.pli"
                            ),
                        ),
                    ],
                    options={"ordering": ["sorte", "lot", "pk"]},
                ),
                migrations.CreateModel(
                    name="AccuseDeReception",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("contenu", models.TextField()),
                        ("delivre_le", models.DateTimeField()),
                        (
                            "pli",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="accuse", to="depots.pli"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PartieAnnoncee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "fichier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annonces",
                                to="depots.fichierscelle",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("fichier", "numero"), name="une_annonce_par_numero")
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
