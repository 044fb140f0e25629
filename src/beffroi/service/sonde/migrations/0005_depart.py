"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs
from beffroi.service.sonde.migrations._gardes import GARDES


class Migration(migrations.Migration):
    replaces = [
        ("sonde", "0001_initiale"),
        ("sonde", "0002_mesures_figees"),
        ("sonde", "0003_minutes_et_exterieures"),
        ("sonde", "0004_minutes_figees"),
    ]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="EcartDHorloge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("le", models.DateTimeField()),
                        ("source", models.CharField(max_length=200, verbose_name="horloge consultée")),
                        (
                            "ecart_ms",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="millisecondes d'avance de l'autre horloge"
                            ),
                        ),
                        ("marge_ms", models.PositiveIntegerField(blank=True, null=True)),
                        ("phrase", models.CharField(blank=True, max_length=300)),
                        (
                            "origine",
                            models.CharField(
                                choices=[
                                    ("mesuree", "Mesurée"),
                                    ("rejouee", "Notée après coup"),
                                    ("demonstration", "Inventée pour la démonstration"),
                                ],
                                default="mesuree",
                                max_length=14,
                            ),
                        ),
                        ("notee_le", models.DateTimeField()),
                        (
                            "ecriture",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="l'écriture qui le répète"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["le", "pk"],
                        "indexes": [models.Index(fields=["ecriture"], name="ecart_par_ecriture")],
                        "constraints": [
                            models.UniqueConstraint(fields=("le", "source"), name="un_ecart_par_source_et_instant"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ecart_ms", None), ("marge_ms", None)),
                                    models.Q(("ecart_ms__isnull", False), ("marge_ms__isnull", False)),
                                    _connector="OR",
                                ),
                                name="un_ecart_a_sa_marge",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mesure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("commencee_le", models.DateTimeField(unique=True)),
                        ("reussie", models.BooleanField()),
                        (
                            "etape",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("page", "Ouvrir la page d'accueil"),
                                    ("debut", "Commencer une réponse"),
                                    ("envoi", "Sceller et envoyer"),
                                    ("depot", "Déposer"),
                                    ("recepisse", "Recevoir le récépissé"),
                                ],
                                max_length=10,
                                verbose_name="étape de l'échec",
                            ),
                        ),
                        ("statut_http", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("phrase", models.CharField(blank=True, max_length=300, verbose_name="ce qui a été dit")),
                        ("durees", models.JSONField(default=dict, verbose_name="millisecondes par étape")),
                        ("duree_ms", models.PositiveIntegerField()),
                        ("recepisse", models.CharField(blank=True, max_length=16)),
                        (
                            "origine",
                            models.CharField(
                                choices=[
                                    ("mesuree", "Mesurée"),
                                    ("rejouee", "Notée après coup"),
                                    ("demonstration", "Inventée pour la démonstration"),
                                ],
                                default="mesuree",
                                max_length=14,
                            ),
                        ),
                        ("notee_le", models.DateTimeField()),
                        (
                            "ecriture",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="l'écriture qui la répète"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["commencee_le"],
                        "indexes": [models.Index(fields=["ecriture"], name="mesure_par_ecriture")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etape", ""), ("reussie", True)),
                                    models.Q(("reussie", False), models.Q(("etape", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="un_echec_a_son_etape",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MesureExterieure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=40, verbose_name="nom de la sonde")),
                        ("le", models.DateTimeField(verbose_name="l'heure qu'elle dit")),
                        ("reussie", models.BooleanField()),
                        ("duree_ms", models.PositiveIntegerField(blank=True, null=True)),
                        ("statut_http", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("phrase", models.CharField(blank=True, max_length=300, verbose_name="ce qu'elle dit")),
                        ("notee_le", models.DateTimeField(verbose_name="l'heure où elle l'a remise")),
                        (
                            "ecriture",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="l'écriture qui la répète"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["le", "source"],
                        "indexes": [models.Index(fields=["ecriture"], name="exterieure_par_ecriture")],
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "le"), name="une_mesure_exterieure_par_minute")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinuteDuServeur",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("minute", models.DateTimeField(unique=True)),
                        ("reponses", models.PositiveIntegerField(blank=True, null=True)),
                        ("erreurs", models.PositiveIntegerField(blank=True, null=True, verbose_name="réponses en 5xx")),
                        (
                            "en_vol",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="requêtes qu'un processus tenait à la fois"
                            ),
                        ),
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="requêtes qu'il peut tenir"
                            ),
                        ),
                        ("libre", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="octets libres")),
                        (
                            "total",
                            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="octets du disque"),
                        ),
                        (
                            "origine",
                            models.CharField(
                                choices=[
                                    ("mesuree", "Mesurée"),
                                    ("rejouee", "Notée après coup"),
                                    ("demonstration", "Inventée pour la démonstration"),
                                ],
                                default="mesuree",
                                max_length=14,
                            ),
                        ),
                        ("notee_le", models.DateTimeField()),
                        (
                            "ecriture",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="l'écriture qui la répète"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["minute"],
                        "indexes": [models.Index(fields=["ecriture"], name="minute_par_ecriture")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("en_vol", None), ("erreurs", None), ("places", None), ("reponses", None)),
                                    models.Q(
                                        ("en_vol__isnull", False),
                                        ("erreurs__isnull", False),
                                        ("places__isnull", False),
                                        ("reponses__isnull", False),
                                        ("en_vol__gt", 0),
                                        ("erreurs__lte", models.F("reponses")),
                                        ("places__gt", 0),
                                        ("reponses__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_minute_comptee_l_est_en_entier",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("libre", None), ("total", None)),
                                    models.Q(
                                        ("libre__isnull", False),
                                        ("libre__lte", models.F("total")),
                                        ("total__gt", 0),
                                        ("total__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_place_a_son_disque",
                            ),
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
