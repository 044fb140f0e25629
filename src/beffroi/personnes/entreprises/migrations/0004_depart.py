"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.personnes.entreprises.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [
        ("entreprises", "0001_initiale"),
        ("entreprises", "0002_invitations_en_attente"),
        ("entreprises", "0003_taille_et_lieu"),
    ]

    initial = True

    dependencies = [("comptes", "0004_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Entreprise",
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
                                default=beffroi.personnes.entreprises.models.reference_d_equipe, max_length=16, unique=True
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("francaise", "Entreprise française (SIREN)"),
                                    ("union", "Union européenne (numéro de TVA)"),
                                    ("etrangere", "Hors Union européenne"),
                                ],
                                default="francaise",
                                max_length=12,
                            ),
                        ),
                        (
                            "identifiant",
                            models.CharField(max_length=40, verbose_name="SIREN, TVA ou identifiant étranger"),
                        ),
                        ("pays", models.CharField(default="FR", max_length=2)),
                        ("nom", models.CharField(max_length=200)),
                        ("creee_le", models.DateTimeField()),
                        (
                            "taille",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("micro", "Microentreprise"),
                                    ("pme", "Petite ou moyenne entreprise"),
                                    ("eti", "Entreprise de taille intermédiaire"),
                                    ("grande", "Grande entreprise"),
                                ],
                                max_length=6,
                                verbose_name="taille, si elle l'a dite",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("nature", "pays", "identifiant"), name="une_entreprise_par_identifiant"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Etablissement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("identifiant", models.CharField(max_length=40, verbose_name="SIRET ou identifiant étranger")),
                        ("adresse", models.CharField(blank=True, max_length=300)),
                        (
                            "entreprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="etablissements",
                                to="entreprises.entreprise",
                            ),
                        ),
                        (
                            "code_postal",
                            models.CharField(blank=True, max_length=5, verbose_name="code postal, s'il est dit"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entreprise", "identifiant"), name="un_etablissement_par_identifiant"
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Membre",
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
                                default=beffroi.personnes.entreprises.models.reference_de_membre, max_length=16, unique=True
                            ),
                        ),
                        ("depuis_le", models.DateTimeField()),
                        ("jusqu_au", models.DateTimeField(blank=True, null=True)),
                        ("confirme_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "etablissement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membres",
                                to="entreprises.etablissement",
                            ),
                        ),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entreprises",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("jusqu_au", None)),
                                fields=("etablissement", "utilisateur"),
                                name="un_membre_en_cours_par_etablissement",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEnAttente",
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
                                default=beffroi.personnes.entreprises.models.reference_d_invitation, max_length=16, unique=True
                            ),
                        ),
                        ("courriel", models.EmailField(max_length=254)),
                        ("envoyee_le", models.DateTimeField()),
                        (
                            "par",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="entreprises.membre",
                            ),
                        ),
                    ],
                    options={"ordering": ["-envoyee_le", "-pk"]},
                ),
            ]
        )
    ]
