"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

from django.db import migrations, models

from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("sauvegardes", "0001_initiale")]

    initial = True

    dependencies = []

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Sauvegarde",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("commencee_le", models.DateTimeField(unique=True)),
                        ("nom", models.CharField(max_length=60, verbose_name="nom du dossier")),
                        ("duree_ms", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 de la copie de la base")),
                        ("octets", models.PositiveBigIntegerField(verbose_name="octets de la copie de la base")),
                        ("fichiers", models.PositiveIntegerField(verbose_name="fichiers copiés cette fois")),
                        (
                            "octets_des_fichiers",
                            models.PositiveBigIntegerField(verbose_name="octets copiés cette fois"),
                        ),
                    ],
                    options={"ordering": ["commencee_le"]},
                ),
                migrations.CreateModel(
                    name="EssaiDeRestauration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("commence_le", models.DateTimeField(unique=True)),
                        ("nom", models.CharField(max_length=60, verbose_name="nom du dossier")),
                        (
                            "sauvegarde_du",
                            models.DateTimeField(blank=True, null=True, verbose_name="instant de la copie"),
                        ),
                        ("reussi", models.BooleanField()),
                        ("faute", models.CharField(blank=True, max_length=500, verbose_name="première faute trouvée")),
                        ("fautes", models.PositiveIntegerField(default=0, verbose_name="nombre de fautes")),
                        (
                            "restauration_ms",
                            models.PositiveBigIntegerField(verbose_name="temps pour remettre la base et les fichiers"),
                        ),
                        (
                            "verification_ms",
                            models.PositiveBigIntegerField(default=0, verbose_name="temps pour tout relire"),
                        ),
                        (
                            "ecritures",
                            models.PositiveBigIntegerField(default=0, verbose_name="écritures du registre relues"),
                        ),
                        ("fichiers", models.PositiveIntegerField(default=0, verbose_name="fichiers remis")),
                        (
                            "derniere_ecriture_le",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="dernier acte que la copie connaît"
                            ),
                        ),
                        (
                            "ecritures_perdues",
                            models.PositiveBigIntegerField(default=0, verbose_name="écritures faites depuis"),
                        ),
                    ],
                    options={
                        "ordering": ["commence_le"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("faute", ""), ("fautes", 0), ("reussi", True)),
                                    models.Q(
                                        ("fautes__gt", 0), ("reussi", False), models.Q(("faute", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="un_essai_manque_dit_sa_faute",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
