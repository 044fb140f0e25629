"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.contrat.donnees_essentielles.models
from beffroi.contrat.donnees_essentielles.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("donnees_essentielles", "0001_initiale"),
        ("donnees_essentielles", "0002_ajout_seul"),
        ("donnees_essentielles", "0003_version_envoyee"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="EnvoiAuPortail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("empreinte", models.CharField(max_length=64)),
                        ("fiches", models.PositiveIntegerField(verbose_name="contrats dans le fichier")),
                        ("demande_le", models.DateTimeField()),
                        ("accepte_le", models.DateTimeField(blank=True, null=True)),
                        ("numero", models.CharField(blank=True, max_length=80, verbose_name="numéro de l'accusé")),
                        ("refus", models.CharField(blank=True, max_length=500, verbose_name="pourquoi il est refusé")),
                        (
                            "version",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="état des fiches à cet instant"
                            ),
                        ),
                    ],
                    options={"ordering": ["-demande_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="ImportDeContrats",
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
                                default=beffroi.contrat.donnees_essentielles.models.reference_d_import,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("depose_le", models.DateTimeField()),
                        ("applique_le", models.DateTimeField(blank=True, null=True)),
                        ("inscrites", models.PositiveIntegerField(default=0, verbose_name="fiches inscrites")),
                        ("connues", models.PositiveIntegerField(default=0, verbose_name="contrats déjà connus")),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports_de_contrats",
                                to="organismes.organisme",
                            ),
                        ),
                    ],
                    options={"ordering": ["-depose_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="FicheDeContrat",
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
                                default=beffroi.contrat.donnees_essentielles.models.reference_de_fiche,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[("marche", "Marché"), ("concession", "Concession")], max_length=10
                            ),
                        ),
                        ("numero", models.CharField(max_length=16, verbose_name="numéro du contrat")),
                        ("siret_acheteur", models.CharField(max_length=14)),
                        ("nom_acheteur", models.CharField(max_length=200)),
                        ("nature", models.CharField(max_length=60)),
                        ("objet", models.CharField(max_length=1000)),
                        ("cpv", models.CharField(blank=True, max_length=10)),
                        ("procedure", models.CharField(max_length=80)),
                        (
                            "montant",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="montant hors taxes",
                            ),
                        ),
                        ("duree_mois", models.PositiveIntegerField()),
                        ("conclu_le", models.DateField(verbose_name="notifié, ou signé, le")),
                        (
                            "debut_le",
                            models.DateField(blank=True, null=True, verbose_name="début d'exécution d'une concession"),
                        ),
                        ("annee", models.PositiveSmallIntegerField()),
                        ("lieu_type", models.CharField(blank=True, max_length=20)),
                        ("lieu_code", models.CharField(blank=True, max_length=20)),
                        ("contenu", models.TextField()),
                        (
                            "noms",
                            models.JSONField(blank=True, default=dict, verbose_name="ce que l'on sait des titulaires"),
                        ),
                        ("retenues", models.JSONField(blank=True, default=dict, verbose_name="données retenues")),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("profil", "Ce profil d'acheteur"),
                                    ("pes", "Le flux PES Marché, par le comptable"),
                                    ("autre", "Un autre logiciel"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("ailleurs", models.CharField(blank=True, max_length=300)),
                        (
                            "source",
                            models.CharField(
                                choices=[("plateforme", "Un contrat passé ici"), ("import", "Un autre logiciel")],
                                default="plateforme",
                                max_length=10,
                            ),
                        ),
                        (
                            "contrat",
                            models.CharField(blank=True, max_length=24, verbose_name="référence du contrat passé ici"),
                        ),
                        (
                            "consultation",
                            models.CharField(blank=True, max_length=24, verbose_name="référence de sa consultation"),
                        ),
                        (
                            "au_fichier",
                            models.BooleanField(default=False, verbose_name="dans nos fichiers au format national"),
                        ),
                        ("preparee_le", models.DateTimeField()),
                        ("publiee_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fiches_de_contrats",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "importe_de",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fiches",
                                to="donnees_essentielles.importdecontrats",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["publiee_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("siret_acheteur", "sorte", "numero"), name="une_fiche_par_contrat"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sorte", "concession"), _negated=True),
                                    ("debut_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="une_concession_a_un_debut",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("canal", "autre"), _negated=True),
                                    models.Q(("ailleurs", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_fiche_d_ailleurs_le_dit",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["-conclu_le", "-id"], name="contrat_par_date"),
                            models.Index(fields=["siret_acheteur", "-conclu_le"], name="contrat_par_acheteur"),
                            models.Index(fields=["annee", "id"], name="contrat_par_annee"),
                            models.Index(fields=["cpv"], name="contrat_par_cpv"),
                            models.Index(fields=["lieu_code"], name="contrat_par_lieu"),
                            models.Index(fields=["montant"], name="contrat_par_montant"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MotDeFiche",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mot", models.CharField(max_length=60)),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mots",
                                to="donnees_essentielles.fichedecontrat",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("mot", "fiche"), name="un_mot_par_fiche")]
                    },
                ),
                migrations.CreateModel(
                    name="ReglageDeCanal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("profil", "Ce profil d'acheteur"),
                                    ("pes", "Le flux PES Marché, par le comptable"),
                                    ("autre", "Un autre logiciel"),
                                ],
                                default="profil",
                                max_length=6,
                            ),
                        ),
                        (
                            "ailleurs",
                            models.CharField(blank=True, max_length=300, verbose_name="où le public lit ces données"),
                        ),
                        ("regle_le", models.DateTimeField()),
                        (
                            "organisme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="canal_des_donnees",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "regle_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="TitulaireDeFiche",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField()),
                        ("type_identifiant", models.CharField(max_length=10)),
                        ("identifiant", models.CharField(max_length=40)),
                        ("groupe", models.CharField(max_length=40)),
                        ("nom", models.CharField(blank=True, max_length=200)),
                        (
                            "code_postal",
                            models.CharField(blank=True, max_length=20, verbose_name="code postal, ou pays"),
                        ),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="titulaires",
                                to="donnees_essentielles.fichedecontrat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["fiche", "rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("fiche", "rang"), name="un_titulaire_de_fiche_par_rang")
                        ],
                        "indexes": [models.Index(fields=["groupe", "fiche"], name="titulaire_par_groupe")],
                    },
                ),
                migrations.CreateModel(
                    name="AjoutAFiche",
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
                                    ("modification", "Modification"),
                                    ("acte", "Acte de sous-traitance"),
                                    ("modif_acte", "Modification d'un acte de sous-traitance"),
                                    ("execution", "Données d'exécution de l'année"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("rang", models.PositiveIntegerField()),
                        ("contenu", models.TextField()),
                        ("publie_le", models.DateTimeField()),
                        (
                            "fiche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ajouts",
                                to="donnees_essentielles.fichedecontrat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["fiche", "sorte", "rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("fiche", "sorte", "rang"), name="un_ajout_par_rang")
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
