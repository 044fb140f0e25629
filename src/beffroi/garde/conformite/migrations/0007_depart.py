"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.garde.conformite.models
from beffroi.garde.conformite.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("conformite", "0001_initiale"),
        ("conformite", "0002_ajout_seul"),
        ("conformite", "0003_acces_refuse"),
        ("conformite", "0004_confirmation"),
        ("conformite", "0005_alerte"),
        ("conformite", "0006_fin_de_sous_traitance"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("conventions", "0003_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="TraceDeSecurite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fait",
                            models.CharField(
                                choices=[
                                    ("connexion", "Connexion"),
                                    ("deconnexion", "Déconnexion"),
                                    ("refus", "Connexion refusée"),
                                    ("code", "Second facteur donné"),
                                    ("refus_du_code", "Second facteur refusé"),
                                    ("reprise", "Identité prouvée de nouveau"),
                                    ("refus_de_reprise", "Nouvelle preuve d'identité refusée"),
                                    ("acces_refuse", "Page refusée"),
                                    ("alerte", "Compte qui insiste"),
                                    ("mot_de_passe", "Mot de passe changé"),
                                    ("facteur", "Second facteur changé"),
                                    ("compte", "Compte"),
                                    ("role", "Rôle"),
                                    ("jeton", "Jeton d'API"),
                                    ("cle", "Clé ou gardien"),
                                    ("intervention", "Intervention du centre"),
                                    ("reglage", "Administration"),
                                    ("lecture", "Journal de sécurité exporté"),
                                    ("purge", "Journal de sécurité purgé"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("le", models.DateTimeField()),
                        ("compte", models.CharField(blank=True, max_length=16, verbose_name="référence de qui agit")),
                        (
                            "objet",
                            models.CharField(blank=True, max_length=40, verbose_name="référence de ce qui est touché"),
                        ),
                        (
                            "precision",
                            models.CharField(blank=True, max_length=60, verbose_name="acte, ou sorte de facteur"),
                        ),
                        (
                            "adresse",
                            models.GenericIPAddressField(blank=True, null=True, verbose_name="adresse de réseau"),
                        ),
                        ("logiciel", models.CharField(blank=True, max_length=30)),
                    ],
                    options={
                        "ordering": ["-le", "-pk"],
                        "indexes": [
                            models.Index(fields=["-le"], name="trace_par_date"),
                            models.Index(fields=["compte", "-le"], name="trace_par_compte"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DemandeDeDroit",
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
                                default=beffroi.garde.conformite.models.reference_de_demande, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("a_confirmer", "À confirmer"),
                                    ("recue", "Reçue"),
                                    ("prolongee", "Prolongée"),
                                    ("repondue", "Répondue"),
                                    ("oubliee", "Jamais confirmée"),
                                ],
                                default="a_confirmer",
                                max_length=11,
                            ),
                        ),
                        (
                            "droit",
                            models.CharField(
                                choices=[
                                    ("acces", "Voir ce que vous savez de moi"),
                                    ("rectification", "Corriger une erreur"),
                                    ("effacement", "Effacer mes données"),
                                    ("limitation", "Suspendre leur usage"),
                                    ("opposition", "M'opposer à leur usage"),
                                    ("portabilite", "Recevoir mes données dans un fichier"),
                                ],
                                max_length=13,
                            ),
                        ),
                        ("nom", models.CharField(blank=True, max_length=120)),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("texte", models.TextField(blank=True, max_length=4000)),
                        ("recue_le", models.DateTimeField()),
                        ("repondre_avant", models.DateField(verbose_name="dernier jour pour répondre")),
                        ("motif_de_prolongation", models.TextField(blank=True, max_length=1000)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("faite", "C'est fait"),
                                    ("en_partie", "C'est fait en partie"),
                                    ("refusee", "C'est refusé"),
                                    ("ailleurs", "C'est à l'acheteur de répondre : nous la lui transmettons"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("reponse", models.TextField(blank=True, max_length=8000)),
                        ("repondue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=80, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        (
                            "compte",
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
                    ],
                    options={
                        "ordering": ["repondre_avant", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("etat", "repondue"),
                                        ("repondue_le__isnull", False),
                                        models.Q(("decision", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("etat", "repondue"), _negated=True),
                                        ("decision", ""),
                                        ("repondue_le", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_demande_de_droit_repondue_dit_sa_decision",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinDeSousTraitance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("finie_le", models.DateField(verbose_name="clause finie le")),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("effacees", "Rendues, puis effacées"),
                                    ("gardees", "Rendues ; ce qu'un texte oblige à garder l'est encore"),
                                ],
                                max_length=8,
                                verbose_name="ce que les données sont devenues",
                            ),
                        ),
                        ("rendues_le", models.DateField()),
                        ("effacees_le", models.DateField(blank=True, null=True, verbose_name="effacées le")),
                        (
                            "texte",
                            models.CharField(blank=True, max_length=300, verbose_name="texte qui oblige à garder"),
                        ),
                        ("par", models.CharField(max_length=200, verbose_name="qui l'a finie")),
                        ("notee_le", models.DateTimeField(verbose_name="notée le")),
                        (
                            "convention",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fin_de_sous_traitance",
                                to="conventions.convention",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-finie_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sort", "effacees"), _negated=True),
                                    ("effacees_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="des_donnees_effacees_le_sont_un_jour",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sort", "gardees"), _negated=True),
                                    models.Q(("texte", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="des_donnees_gardees_le_sont_par_un_texte",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
