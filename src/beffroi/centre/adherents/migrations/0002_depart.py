"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.centre.adherents.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("adherents", "0001_initiale")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Adherent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("siren", models.CharField(max_length=9, unique=True, verbose_name="SIREN")),
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
                        ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                        (
                            "code_commune",
                            models.CharField(blank=True, max_length=5, verbose_name="code de la commune au COG"),
                        ),
                        ("adresse", models.CharField(blank=True, max_length=300)),
                        ("code_postal", models.CharField(blank=True, max_length=5)),
                        ("ville", models.CharField(blank=True, max_length=120)),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                        (
                            "succede_le",
                            models.DateField(
                                blank=True, null=True, verbose_name="jour où le successeur prend la suite"
                            ),
                        ),
                        ("est_un_essai", models.BooleanField(default=False, verbose_name="chargé pour un essai")),
                        ("cree_le", models.DateTimeField()),
                        (
                            "organisme",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adherent",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "rattache_a",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rattaches",
                                to="adherents.adherent",
                            ),
                        ),
                        (
                            "successeur",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecesseurs",
                                to="adherents.adherent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["nom", "siren"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("siret", ""), _negated=True),
                                fields=("siret",),
                                name="un_adherent_par_siret",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("siret", ""), ("siret__startswith", models.F("siren")), _connector="OR"
                                ),
                                name="un_siret_commence_par_son_siren",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organisme", None), models.Q(("siret", ""), _negated=True), _connector="OR"
                                ),
                                name="un_adherent_active_a_un_siret",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("succede_le", None), ("successeur", None)),
                                    models.Q(("succede_le__isnull", False), ("successeur__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_succession_est_datee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("successeur", None),
                                    models.Q(("successeur", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nul_ne_se_succede",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rattache_a", None),
                                    models.Q(("rattache_a", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="nul_n_est_rattache_a_soi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                                default=beffroi.centre.adherents.models.reference_de_contact, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("contact", "Contact"),
                                    ("signataire", "Signataire"),
                                    ("delegation", "Délégation de signature"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("nom", models.CharField(max_length=120)),
                        ("qualite", models.CharField(blank=True, max_length=120, verbose_name="qualité")),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                        ("depuis_le", models.DateField(blank=True, null=True)),
                        ("jusqu_au", models.DateField(blank=True, null=True)),
                        (
                            "acte",
                            models.CharField(blank=True, max_length=200, verbose_name="acte qui donne la délégation"),
                        ),
                        (
                            "adherent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="adherents.adherent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sorte", "nom", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sorte", "delegation"), _negated=True),
                                    models.Q(models.Q(("acte", ""), _negated=True), ("depuis_le__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_delegation_a_un_acte_et_un_debut",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("depuis_le", None),
                                    ("jusqu_au", None),
                                    ("jusqu_au__gte", models.F("depuis_le")),
                                    _connector="OR",
                                ),
                                name="un_pouvoir_ne_finit_pas_avant_de_commencer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Effectif",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("annee", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("agents", models.PositiveIntegerField(verbose_name="nombre d'agents")),
                        (
                            "definition",
                            models.CharField(
                                choices=[
                                    ("l452_14", "Titulaires et stagiaires à temps complet (CGFP, L. 452-14)"),
                                    ("tous_statuts", "Agents de tous statuts"),
                                    ("etp", "Équivalents temps plein, arrondis"),
                                ],
                                default="l452_14",
                                max_length=16,
                                verbose_name="ce qui est compté",
                            ),
                        ),
                        ("constate_le", models.DateField(verbose_name="constaté le")),
                        ("nom_du_justificatif", models.CharField(blank=True, max_length=255)),
                        ("taille_du_justificatif", models.PositiveBigIntegerField(default=0)),
                        (
                            "sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="empreinte du justificatif"),
                        ),
                        ("cle_de_stockage", models.CharField(blank=True, max_length=120)),
                        ("declare_le", models.DateTimeField()),
                        ("remplace_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "fige_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="pris pour un appel de contributions"
                            ),
                        ),
                        (
                            "adherent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="effectifs",
                                to="adherents.adherent",
                            ),
                        ),
                        (
                            "declare_par",
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
                        "ordering": ["-annee", "-declare_le", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("remplace_le", None)),
                                fields=("adherent", "annee"),
                                name="un_effectif_en_cours_par_annee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agents__gte", 0)), name="un_effectif_n_est_pas_negatif"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fige_le", None), ("remplace_le", None), _connector="OR"),
                                name="un_effectif_fige_ne_se_remplace_pas",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportDAdherents",
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
                                default=beffroi.centre.adherents.models.reference_d_import, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        ("depose_le", models.DateTimeField()),
                        ("applique_le", models.DateTimeField(blank=True, null=True)),
                        ("crees", models.PositiveIntegerField(default=0)),
                        ("changes", models.PositiveIntegerField(default=0)),
                        (
                            "depose_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"ordering": ["-depose_le", "-pk"]},
                ),
            ]
        )
    ]
