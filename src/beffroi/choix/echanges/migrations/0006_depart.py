"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.choix.echanges.models
from beffroi.choix.echanges.migrations._gardes import GARDES
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("echanges", "0001_initiale"),
        ("echanges", "0002_faits_immuables"),
        ("echanges", "0003_declaration_sans_suite"),
        ("echanges", "0004_pieces_d_une_seule_entreprise"),
        ("echanges", "0005_resultat_de_la_consultation"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("consultations", "0013_depart"), ("entreprises", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Courrier",
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
                                default=beffroi.choix.echanges.models.reference_de_courrier, max_length=16, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("libre", "Message libre"),
                                    ("precisions", "Demande de précisions"),
                                    ("regularisation", "Demande de régularisation"),
                                    ("negociation", "Négociation"),
                                    ("rejet", "Rejet"),
                                    ("notification", "Notification"),
                                    ("sans_suite", "Déclaration sans suite"),
                                    ("resultat", "Résultat de la consultation"),
                                ],
                                default="libre",
                                max_length=16,
                            ),
                        ),
                        ("sujet", models.CharField(max_length=200)),
                        ("texte", models.TextField(verbose_name="le texte, avec ses champs")),
                        (
                            "reponse_avant",
                            models.DateTimeField(blank=True, null=True, verbose_name="dernier moment pour répondre"),
                        ),
                        ("redige_le", models.DateTimeField()),
                        ("envoye_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="courriers",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "envoye_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "redige_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-redige_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sujet", ""), _negated=True), models.Q(("texte", ""), _negated=True)
                                ),
                                name="un_courrier_dit_quelque_chose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("envoye_le", None), ("envoye_par", None)),
                                    models.Q(("envoye_le__isnull", False), ("envoye_par__isnull", False)),
                                    _connector="OR",
                                ),
                                name="un_courrier_envoye_l_est_par_quelqu_un",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exemplaire",
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
                                default=beffroi.choix.echanges.models.reference_d_exemplaire, max_length=16, unique=True
                            ),
                        ),
                        ("texte_propre", models.TextField(blank=True, verbose_name="ce qui n'est écrit qu'à elle")),
                        ("sujet", models.CharField(blank=True, max_length=200)),
                        ("texte", models.TextField(blank=True)),
                        (
                            "remis_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="disponible sur la plateforme"),
                        ),
                        ("lu_le", models.DateTimeField(blank=True, null=True, verbose_name="lu la première fois")),
                        (
                            "courrier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemplaires",
                                to="echanges.courrier",
                            ),
                        ),
                        (
                            "lu_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "fil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemplaires",
                                to="echanges.fil",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["fil__etablissement__entreprise__nom", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("courrier", "fil"), name="un_exemplaire_par_entreprise"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("remis_le", None),
                                    models.Q(
                                        models.Q(("sujet", ""), _negated=True), models.Q(("texte", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="un_exemplaire_remis_a_son_texte",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lu_le", None), ("lu_par", None)),
                                    models.Q(("lu_le__gte", models.F("remis_le")), ("lu_par__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_lecture_a_un_lecteur_et_suit_la_remise",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alerte",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("adresse", models.EmailField(max_length=254)),
                        ("rang", models.PositiveSmallIntegerField()),
                        (
                            "cle",
                            models.CharField(
                                max_length=120, unique=True, verbose_name="son courriel dans la boîte d'envoi"
                            ),
                        ),
                        ("ecrite_le", models.DateTimeField()),
                        (
                            "acceptee_le",
                            models.DateTimeField(blank=True, null=True, verbose_name="acceptée par le serveur"),
                        ),
                        ("refusee_le", models.DateTimeField(blank=True, null=True)),
                        ("refus", models.CharField(blank=True, max_length=500, verbose_name="pourquoi")),
                        (
                            "personne",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "exemplaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alertes",
                                to="echanges.exemplaire",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang"],
                        "constraints": [
                            models.UniqueConstraint(fields=("exemplaire", "rang"), name="un_rang_par_alerte"),
                            models.CheckConstraint(
                                condition=models.Q(("acceptee_le", None), ("refusee_le", None), _connector="OR"),
                                name="une_alerte_est_acceptee_ou_refusee",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fil",
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
                                default=beffroi.choix.echanges.models.reference_de_fil, max_length=16, unique=True
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fils",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fils",
                                to="entreprises.etablissement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "etablissement"), name="un_fil_par_entreprise"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Retour",
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
                                default=beffroi.choix.echanges.models.reference_de_retour, max_length=16, unique=True
                            ),
                        ),
                        ("texte", models.TextField()),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=40, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        ("recu_le", models.DateTimeField()),
                        (
                            "hors_delai",
                            models.BooleanField(
                                default=False, verbose_name="reçu après le dernier moment pour répondre"
                            ),
                        ),
                        (
                            "lu_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="lu par l'acheteur la première fois"
                            ),
                        ),
                        (
                            "ecrit_par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "en_reponse_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retours",
                                to="echanges.exemplaire",
                            ),
                        ),
                        (
                            "fil",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="retours", to="echanges.fil"
                            ),
                        ),
                        (
                            "lu_par",
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
                        "ordering": ["recu_le", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("texte", ""), _negated=True), name="un_retour_dit_quelque_chose"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceJointe",
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
                                default=beffroi.choix.echanges.models.reference_de_piece, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "courrier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="echanges.courrier",
                            ),
                        ),
                        (
                            "retour",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="echanges.retour",
                            ),
                        ),
                        (
                            "exemplaire",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="echanges.exemplaire",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("courrier__isnull", False), ("exemplaire", None), ("retour", None)),
                                    models.Q(("courrier", None), ("exemplaire__isnull", False), ("retour", None)),
                                    models.Q(("courrier", None), ("exemplaire", None), ("retour__isnull", False)),
                                    _connector="OR",
                                ),
                                name="une_piece_a_un_courrier_un_exemplaire_ou_un_retour",
                            )
                        ],
                    },
                ),
            ]
        ),
        *GARDES,
    ]
