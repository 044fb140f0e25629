"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import beffroi.contrat.marches.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("marches", "0001_initiale"),
        ("marches", "0002_un_contrat_par_lot"),
        ("marches", "0003_titulaire_d_une_commande"),
    ]

    initial = True

    dependencies = [
        ("consultations", "0013_depart"),
        ("depots", "0007_depart"),
        ("echanges", "0006_depart"),
        ("organismes", "0006_depart"),
    ]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Marche",
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
                                default=beffroi.contrat.marches.models.reference_de_marche, max_length=16, unique=True
                            ),
                        ),
                        (
                            "variante",
                            models.PositiveSmallIntegerField(default=0, verbose_name="variante, 0 pour la base"),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("a_signer", "À signer"),
                                    ("signe", "Signé"),
                                    ("transmis", "Transmis au préfet"),
                                    ("notifie", "En cours"),
                                    ("execute", "Exécuté"),
                                    ("resilie", "Résilié"),
                                    ("clos", "Clos"),
                                    ("abandonne", "Abandonné"),
                                ],
                                default="a_signer",
                                max_length=12,
                            ),
                        ),
                        ("numero", models.CharField(max_length=16, verbose_name="numéro")),
                        ("objet", models.CharField(max_length=1000)),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("marche", "Marché"),
                                    ("accord_cadre", "Accord-cadre"),
                                    ("marche_subsequent", "Marché subséquent"),
                                    ("concession", "Concession"),
                                ],
                                default="marche",
                                max_length=20,
                            ),
                        ),
                        (
                            "prestation",
                            models.CharField(
                                choices=[
                                    ("travaux", "Travaux"),
                                    ("fournitures", "Fournitures"),
                                    ("services", "Services"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "procedure",
                            models.CharField(
                                max_length=40, verbose_name="clé de la procédure dans les tables de la loi"
                            ),
                        ),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="montant initial, hors taxes"
                            ),
                        ),
                        (
                            "maximum",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="maximum de l'accord-cadre, hors taxes",
                            ),
                        ),
                        ("duree_en_mois", models.PositiveSmallIntegerField(verbose_name="durée en mois")),
                        (
                            "forme_de_prix",
                            models.CharField(
                                choices=[("forfaitaire", "Forfaitaire"), ("unitaire", "Unitaire"), ("mixte", "Mixte")],
                                max_length=12,
                            ),
                        ),
                        (
                            "groupement",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Pas de groupement"),
                                    ("conjoint", "Groupement conjoint"),
                                    ("solidaire", "Groupement solidaire"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("ccag", models.CharField(blank=True, max_length=80, verbose_name="CCAG")),
                        ("code_cpv", models.CharField(max_length=10, verbose_name="code CPV")),
                        (
                            "lieu",
                            models.CharField(
                                max_length=5, verbose_name="code postal ou de commune du lieu d'exécution"
                            ),
                        ),
                        ("offres_recues", models.PositiveSmallIntegerField(default=1, verbose_name="offres reçues")),
                        ("considerations_sociales", models.JSONField(blank=True, default=list)),
                        ("considerations_environnementales", models.JSONField(blank=True, default=list)),
                        (
                            "transmission",
                            models.CharField(
                                blank=True,
                                choices=[("", "À dire"), ("requise", "Oui, avant de notifier"), ("non_requise", "Non")],
                                default="",
                                max_length=12,
                            ),
                        ),
                        (
                            "motif_de_transmission",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="pourquoi il se transmet, ou non"
                            ),
                        ),
                        ("signe_par_le_titulaire_le", models.DateField(blank=True, null=True)),
                        ("signe_le", models.DateField(blank=True, null=True, verbose_name="signé par l'acheteur le")),
                        ("transmis_le", models.DateField(blank=True, null=True)),
                        ("notifie_le", models.DateField(blank=True, null=True, verbose_name="notification reçue le")),
                        (
                            "avis_d_attribution_le",
                            models.DateField(blank=True, null=True, verbose_name="avis d'attribution envoyé le"),
                        ),
                        (
                            "fini_le",
                            models.DateField(
                                blank=True, null=True, verbose_name="fin de l'exécution, ou de la résiliation"
                            ),
                        ),
                        ("motif_de_fin", models.TextField(blank=True)),
                        ("solde_le", models.DateField(blank=True, null=True, verbose_name="solde payé le")),
                        ("cree_le", models.DateTimeField()),
                        (
                            "accord_cadre",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marches_subsequents",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marches",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marches",
                                to="consultations.lot",
                            ),
                        ),
                        (
                            "notification",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="echanges.exemplaire",
                                verbose_name="par la messagerie",
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marches",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "pli",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marches",
                                to="depots.pli",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-cree_le", "-pk"],
                        "base_manager_name": "toutes",
                        "default_manager_name": "toutes",
                        "constraints": [
                            models.UniqueConstraint(fields=("organisme", "numero"), name="un_numero_par_acheteur"),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("lot__isnull", False), models.Q(("etat", "abandonne"), _negated=True)
                                ),
                                fields=("pli", "lot"),
                                name="un_contrat_par_offre_d_un_lot",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lot", None), models.Q(("etat", "abandonne"), _negated=True)),
                                fields=("pli",),
                                name="un_contrat_par_offre_sans_lot",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="un_contrat_a_un_montant"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("nature", "accord_cadre"), _negated=True),
                                    ("maximum__gt", 0),
                                    _connector="OR",
                                ),
                                name="un_accord_cadre_a_un_maximum",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["a_signer", "abandonne"]),
                                    ("signe_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_contrat_conclu_est_signe",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etat__in", ["a_signer", "signe", "transmis", "abandonne"]),
                                    ("notifie_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="un_contrat_prend_effet_une_fois_notifie",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("notifie_le", None),
                                    models.Q(("transmission", "requise"), _negated=True),
                                    models.Q(
                                        ("transmis_le__isnull", False), ("transmis_le__lte", models.F("notifie_le"))
                                    ),
                                    _connector="OR",
                                ),
                                name="un_contrat_a_transmettre_est_transmis_avant_d_etre_notifie",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("transmis_le", None),
                                        ("transmis_le__gte", models.F("signe_le")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("notifie_le", None), ("notifie_le__gte", models.F("signe_le")), _connector="OR"
                                    ),
                                ),
                                name="signe_transmis_notifie_se_suivent",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("consultation__isnull", False),
                                    ("lot__isnull", False),
                                    models.Q(("etat", "abandonne"), _negated=True),
                                ),
                                fields=("consultation", "lot"),
                                name="un_contrat_en_vie_par_lot",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("consultation__isnull", False),
                                    ("lot", None),
                                    models.Q(("etat", "abandonne"), _negated=True),
                                ),
                                fields=("consultation",),
                                name="un_contrat_en_vie_sans_lot",
                            ),
                        ],
                    },
                    managers=[("toutes", django.db.models.manager.Manager())],
                ),
                migrations.CreateModel(
                    name="Modification",
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
                                default=beffroi.contrat.marches.models.reference_de_modification, max_length=16, unique=True
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        (
                            "fondement",
                            models.CharField(
                                choices=[
                                    ("reexamen", "Une clause du contrat le prévoit"),
                                    ("supplementaire", "Prestations supplémentaires devenues nécessaires"),
                                    ("imprevue", "Circonstances imprévues"),
                                    ("substitution", "Un nouveau titulaire remplace le premier"),
                                    ("non_substantielle", "Modification non substantielle"),
                                    ("faible_montant", "Faible montant"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("motif", models.TextField()),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=14,
                                verbose_name="montant ajouté ou retiré, hors taxes",
                            ),
                        ),
                        ("mois_en_plus", models.SmallIntegerField(default=0, verbose_name="mois ajoutés ou retirés")),
                        ("calcul", models.TextField(blank=True, verbose_name="le calcul, tel qu'il a été montré")),
                        ("article", models.CharField(max_length=40)),
                        (
                            "avis_requis",
                            models.BooleanField(default=False, verbose_name="avis de modification à publier"),
                        ),
                        (
                            "avis_le",
                            models.DateField(blank=True, null=True, verbose_name="avis de modification envoyé le"),
                        ),
                        (
                            "nouveau_siret",
                            models.CharField(blank=True, max_length=18, verbose_name="SIRET du nouveau titulaire"),
                        ),
                        (
                            "nouveau_nom",
                            models.CharField(blank=True, max_length=200, verbose_name="nom du nouveau titulaire"),
                        ),
                        ("signee_le", models.DateField()),
                        ("notifiee_le", models.DateField()),
                        (
                            "publiee_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="données essentielles publiées le"
                            ),
                        ),
                        ("notee_le", models.DateTimeField()),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modifications",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "remplace",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="marches.titulaire",
                                verbose_name="titulaire remplacé",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("marche", "numero"), name="une_modification_par_numero"),
                            models.CheckConstraint(
                                condition=models.Q(("notifiee_le__gte", models.F("signee_le"))),
                                name="une_modification_se_notifie_une_fois_signee",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PieceDuMarche",
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
                                default=beffroi.contrat.marches.models.reference_de_piece_du_marche, max_length=18, unique=True
                            ),
                        ),
                        (
                            "sorte",
                            models.CharField(
                                choices=[
                                    ("a_signer", "Acte d'engagement à signer"),
                                    ("signe_par_le_titulaire", "Signé par le titulaire"),
                                    ("signe", "Signé des deux parties"),
                                    ("transmission", "Preuve de transmission au préfet"),
                                    ("notification", "Preuve de notification"),
                                    ("modification", "Modification"),
                                    ("sous_traitance", "Acte de sous-traitance"),
                                    ("commande", "Bon de commande"),
                                    ("fin", "Décision de résiliation ou de réception"),
                                    ("autre", "Autre pièce"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "signatures",
                            models.JSONField(
                                blank=True, default=list, verbose_name="signatures électroniques lues au dépôt"
                            ),
                        ),
                        ("signatures_illisibles", models.BooleanField(default=False)),
                        ("ajoutee_le", models.DateTimeField()),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="marches.marche"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ajoutee_le", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taille__gt", 0)), name="une_piece_du_marche_n_est_pas_vide"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BonDeCommande",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.CharField(max_length=20, verbose_name="numéro")),
                        ("objet", models.CharField(max_length=500)),
                        (
                            "montant",
                            models.DecimalField(decimal_places=2, max_digits=14, verbose_name="montant, hors taxes"),
                        ),
                        ("emis_le", models.DateField()),
                        ("annule_le", models.DateField(blank=True, null=True)),
                        ("motif_d_annulation", models.CharField(blank=True, max_length=500)),
                        ("note_le", models.DateTimeField()),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commandes",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="marches.piecedumarche",
                            ),
                        ),
                        (
                            "titulaire",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commandes",
                                to="marches.titulaire",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["emis_le", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("marche", "numero"), name="une_commande_par_numero"),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="une_commande_a_un_montant"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("annule_le", None), ("motif_d_annulation", "")),
                                    models.Q(
                                        ("annule_le__isnull", False),
                                        models.Q(("motif_d_annulation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="une_commande_annulee_dit_pourquoi",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActeDeSousTraitance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.PositiveSmallIntegerField(verbose_name="numéro")),
                        ("siret", models.CharField(max_length=18, verbose_name="SIRET")),
                        ("nom", models.CharField(max_length=200)),
                        ("prestations", models.CharField(max_length=500)),
                        (
                            "montant",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="montant maximal, hors taxes"
                            ),
                        ),
                        ("duree_en_mois", models.PositiveSmallIntegerField(verbose_name="durée en mois")),
                        ("notifie_le", models.DateField(verbose_name="notifié le")),
                        (
                            "publie_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="données essentielles publiées le"
                            ),
                        ),
                        ("note_le", models.DateTimeField()),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sous_traitances",
                                to="marches.marche",
                            ),
                        ),
                        (
                            "piece",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="marches.piecedumarche",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["numero"],
                        "constraints": [
                            models.UniqueConstraint(fields=("marche", "numero"), name="une_sous_traitance_par_numero"),
                            models.CheckConstraint(
                                condition=models.Q(("montant__gt", 0)), name="une_sous_traitance_a_un_montant"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Titulaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rang", models.PositiveSmallIntegerField(default=1)),
                        ("siret", models.CharField(max_length=18, verbose_name="SIRET, ou identifiant étranger")),
                        ("nom", models.CharField(max_length=200)),
                        ("depuis_le", models.DateField(blank=True, null=True)),
                        ("jusqu_au", models.DateField(blank=True, null=True)),
                        (
                            "marche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="titulaires",
                                to="marches.marche",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rang", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("jusqu_au", None)),
                                fields=("marche", "rang"),
                                name="un_titulaire_par_rang",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
