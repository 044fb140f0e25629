"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.service.assistance.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("assistance", "0001_initiale"), ("assistance", "0002_motif")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="ModeleDeReponse",
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
                                default=beffroi.service.assistance.models.reference_de_modele, max_length=16, unique=True
                            ),
                        ),
                        (
                            "categorie",
                            models.CharField(
                                choices=[
                                    ("technique", "Le fonctionnement de la plateforme"),
                                    ("juridique", "Le règlement de la consultation"),
                                    ("comptes", "Les comptes et les accès"),
                                    ("hors_champ", "Autre chose"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("titre", models.CharField(max_length=120, unique=True)),
                        ("texte", models.TextField(max_length=4000)),
                        ("retire_le", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={"ordering": ["categorie", "titre"]},
                ),
                migrations.CreateModel(
                    name="Demande",
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
                                default=beffroi.service.assistance.models.reference_de_demande, max_length=16, unique=True
                            ),
                        ),
                        (
                            "etat",
                            models.CharField(
                                choices=[
                                    ("recue", "Reçue"),
                                    ("prise", "En cours"),
                                    ("en_attente", "Attend votre réponse"),
                                    ("resolue", "Résolue"),
                                    ("fusionnee", "Suivie avec une autre demande"),
                                ],
                                default="recue",
                                max_length=10,
                            ),
                        ),
                        (
                            "categorie",
                            models.CharField(
                                choices=[
                                    ("technique", "Le fonctionnement de la plateforme"),
                                    ("juridique", "Le règlement de la consultation"),
                                    ("comptes", "Les comptes et les accès"),
                                    ("hors_champ", "Autre chose"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("web", "Sur le site"),
                                    ("courriel", "Par courriel"),
                                    ("telephone", "Par téléphone"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("sujet", models.CharField(max_length=150)),
                        ("nom", models.CharField(blank=True, max_length=120)),
                        ("courriel", models.EmailField(blank=True, max_length=254)),
                        ("telephone", models.CharField(blank=True, max_length=30)),
                        (
                            "objet",
                            models.CharField(blank=True, max_length=30, verbose_name="référence de ce dont il s'agit"),
                        ),
                        (
                            "limite",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="heure limite de la consultation nommée"
                            ),
                        ),
                        ("recue_le", models.DateTimeField()),
                        ("promise_pour", models.DateTimeField(verbose_name="première réponse promise pour")),
                        ("repondue_le", models.DateTimeField(blank=True, null=True, verbose_name="première réponse")),
                        ("resolue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "satisfaction",
                            models.CharField(
                                blank=True,
                                choices=[("oui", "Oui"), ("en_partie", "En partie"), ("non", "Non")],
                                max_length=9,
                            ),
                        ),
                        ("mot_de_satisfaction", models.TextField(blank=True, max_length=500)),
                        (
                            "cle_d_envoi",
                            models.CharField(
                                max_length=80, unique=True, verbose_name="ce qui distingue un envoi d'un second clic"
                            ),
                        ),
                        (
                            "demandeur",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "fusionnee_dans",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fusionnees",
                                to="assistance.demande",
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "prise_par",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "motif",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("connexion", "Se connecter, recevoir un code"),
                                    ("depot", "Déposer une réponse"),
                                    ("dossier", "Télécharger un dossier"),
                                    ("signature", "Signer, certificat"),
                                    ("cle", "Clé, séance d'ouverture"),
                                    ("poste", "Poste, navigateur, réseau"),
                                    ("ecran", "Comprendre un écran"),
                                    ("reglement", "Écrire ou relire le règlement"),
                                    ("procedure", "Procédure, délais, publicité"),
                                    ("attribution", "Examiner, attribuer, notifier"),
                                    ("execution", "Exécuter le contrat"),
                                    ("droits", "Donner ou retirer un rôle"),
                                    ("agent", "Arrivée ou départ d'un agent"),
                                    ("entreprise", "Compte d'une entreprise"),
                                    ("acheteur", "Une question pour l'acheteur"),
                                    ("autre_service", "Un autre service"),
                                    ("sans_suite", "Rien à répondre"),
                                ],
                                max_length=13,
                                verbose_name="ce qui était demandé",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["promise_pour", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("etat__in", ["en_attente", "prise", "recue"])),
                                fields=["promise_pour"],
                                name="demande_ouverte",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("demandeur__isnull", False),
                                    models.Q(("courriel", ""), _negated=True),
                                    models.Q(("telephone", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_demande_se_rappelle_ou_s_ecrit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "resolue"), _negated=True),
                                    ("resolue_le__isnull", False),
                                    _connector="OR",
                                ),
                                name="une_demande_resolue_a_son_heure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("etat", "fusionnee"), ("fusionnee_dans__isnull", False)),
                                    models.Q(models.Q(("etat", "fusionnee"), _negated=True), ("fusionnee_dans", None)),
                                    _connector="OR",
                                ),
                                name="une_demande_fusionnee_dit_dans_laquelle",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sens",
                            models.CharField(
                                choices=[
                                    ("recu", "La personne"),
                                    ("envoye", "Le centre de gestion"),
                                    ("interne", "Note interne"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "canal",
                            models.CharField(
                                choices=[
                                    ("web", "Sur le site"),
                                    ("courriel", "Par courriel"),
                                    ("telephone", "Par téléphone"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("auteur", models.CharField(max_length=150)),
                        ("texte", models.TextField()),
                        ("le", models.DateTimeField()),
                        ("identifiant", models.CharField(blank=True, max_length=255, null=True, unique=True)),
                        (
                            "demande",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="assistance.demande",
                            ),
                        ),
                    ],
                    options={"ordering": ["le", "pk"]},
                ),
                migrations.CreateModel(
                    name="PieceDeMessage",
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
                                default=beffroi.service.assistance.models.reference_de_piece, max_length=16, unique=True
                            ),
                        ),
                        ("nom", models.CharField(max_length=255, verbose_name="nom du fichier")),
                        ("taille", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("cle_de_stockage", models.CharField(max_length=120)),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pieces",
                                to="assistance.message",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
                migrations.CreateModel(
                    name="QuestionFrequente",
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
                                default=beffroi.service.assistance.models.reference_de_question, max_length=16, unique=True
                            ),
                        ),
                        (
                            "categorie",
                            models.CharField(
                                choices=[
                                    ("technique", "Le fonctionnement de la plateforme"),
                                    ("juridique", "Le règlement de la consultation"),
                                    ("comptes", "Les comptes et les accès"),
                                    ("hors_champ", "Autre chose"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("question", models.CharField(max_length=200)),
                        ("reponse", models.TextField(max_length=4000)),
                        ("publiee_le", models.DateTimeField()),
                        ("retiree_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "demande",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assistance.demande",
                            ),
                        ),
                    ],
                    options={"ordering": ["categorie", "-publiee_le", "pk"]},
                ),
            ]
        )
    ]
