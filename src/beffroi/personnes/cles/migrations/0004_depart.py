"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beffroi.personnes.cles.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("cles", "0001_initiale"), ("cles", "0002_fentes_nommees"), ("cles", "0003_signature")]

    initial = True

    dependencies = [("comptes", "0004_depart"), ("organismes", "0006_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Gardien",
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
                                default=beffroi.personnes.cles.models.reference_de_gardien, max_length=16, unique=True
                            ),
                        ),
                        ("organisation", models.CharField(max_length=200)),
                        ("releve_de_l_exploitant", models.BooleanField(default=False)),
                        ("designe_le", models.DateTimeField()),
                        ("canari_scelle", models.BinaryField(blank=True, default=bytes)),
                        ("canari_empreinte", models.CharField(blank=True, max_length=64)),
                        ("canari_ouvert_le", models.DateTimeField(blank=True, null=True)),
                        ("retire_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gardes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retire_le", None)),
                                fields=("utilisateur",),
                                name="un_gardien_en_fonction_par_personne",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="IdentiteDeMembre",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("destinataire", models.TextField(help_text="age1pq…")),
                        ("empreinte", models.CharField(max_length=32, unique=True)),
                        ("creee_le", models.DateTimeField()),
                        ("secours_recopie_le", models.DateTimeField(blank=True, null=True)),
                        ("retiree_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "utilisateur",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identites",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cle_de_signature", models.CharField(help_text="Ed25519, en hexadécimal.", max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retiree_le", None)),
                                fields=("utilisateur",),
                                name="une_identite_en_cours_par_personne",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Fente",
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
                                    ("phrase", "Phrase de clé"),
                                    ("passkey", "Clé d'accès (passkey)"),
                                    ("secours", "Code de secours imprimé"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("libelle", models.CharField(blank=True, max_length=80)),
                        ("contenu", models.BinaryField()),
                        ("parametres", models.JSONField(blank=True, default=dict)),
                        ("creee_le", models.DateTimeField()),
                        (
                            "ouverte_le",
                            models.DateTimeField(
                                blank=True, help_text="Vide : jamais essayée, elle ne compte pas.", null=True
                            ),
                        ),
                        (
                            "identite",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fentes",
                                to="cles.identitedemembre",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                default=beffroi.personnes.cles.models.reference_de_fente, max_length=16, unique=True
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PaireDeCles",
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
                                default=beffroi.personnes.cles.models.reference_de_paire, max_length=16, unique=True
                            ),
                        ),
                        ("destinataire", models.TextField(help_text="age1pq…")),
                        ("empreinte", models.CharField(max_length=32, unique=True)),
                        (
                            "politique",
                            models.CharField(
                                choices=[
                                    ("standard", "Standard : un membre suffit à tourner la clé"),
                                    ("double", "Double contrôle : deux membres tournent leur clé"),
                                    ("coffre", "Coffre"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("seuil", models.PositiveSmallIntegerField()),
                        ("seuil_des_gardiens", models.PositiveSmallIntegerField(default=2)),
                        ("creee_le", models.DateTimeField()),
                        (
                            "retiree_le",
                            models.DateTimeField(
                                blank=True, help_text="Ne sert plus : remplacée, ou sans objet.", null=True
                            ),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paires_de_cles",
                                to="organismes.organisme",
                            ),
                        ),
                        (
                            "enregistrement",
                            models.TextField(help_text="Ce qu'un membre a signé, en JSON canonique (sceau, SPEC §11)."),
                        ),
                        ("signature", models.CharField(max_length=128)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("politique", "standard"), ("seuil", 1)),
                                    models.Q(("politique", "double"), ("seuil", 2)),
                                    _connector="OR",
                                ),
                                name="le_seuil_suit_la_politique",
                            )
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="PartDeCle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(default=beffroi.personnes.cles.models.reference_de_part, max_length=16, unique=True),
                        ),
                        ("contenu", models.BinaryField()),
                        ("canari_scelle", models.BinaryField(blank=True, default=bytes)),
                        ("canari_empreinte", models.CharField(blank=True, max_length=64)),
                        ("canari_ouvert_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "gardien",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cles.gardien",
                            ),
                        ),
                        (
                            "identite",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cles.identitedemembre",
                            ),
                        ),
                        (
                            "paire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="cles.pairedecles"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("gardien", None)),
                                fields=("paire", "identite"),
                                name="une_part_de_membre_par_identite",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("gardien__isnull", False)),
                                fields=("paire", "gardien"),
                                name="une_part_par_gardien",
                            ),
                        ]
                    },
                ),
            ]
        )
    ]
