"""D'où part une base vide : ce que les migrations d'avant la version 0.1.0 faisaient en plusieurs fois."""

import django.db.models.deletion
from django.db import migrations, models

import beffroi.service.incidents.models
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs


class Migration(migrations.Migration):
    replaces = [("incidents", "0001_initiale"), ("incidents", "0002_tours")]

    initial = True

    dependencies = [("consultations", "0013_depart"), ("disponibilite", "0004_depart"), ("tours", "0002_depart")]

    operations = [
        ModelesNeufs(
            creations=[
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("numero", models.CharField(max_length=16, unique=True)),
                        ("ouvert_le", models.DateTimeField()),
                        (
                            "evenement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="incident",
                                to="disponibilite.evenement",
                            ),
                        ),
                    ],
                    options={"ordering": ["-ouvert_le", "-pk"]},
                ),
                migrations.CreateModel(
                    name="Proposition",
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
                                default=beffroi.service.incidents.models.reference_de_proposition, max_length=16, unique=True
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveIntegerField(
                                verbose_name="minutes touchées, dans les vingt-quatre heures avant l'heure limite"
                            ),
                        ),
                        ("ancienne_limite", models.DateTimeField()),
                        ("nouvelle_limite", models.DateTimeField()),
                        ("proposee_le", models.DateTimeField()),
                        (
                            "reponse",
                            models.CharField(
                                choices=[
                                    ("attendue", "Attend l'acheteur"),
                                    ("prolongee", "Prolongée"),
                                    ("declinee", "L'acheteur ne prolonge pas"),
                                ],
                                default="attendue",
                                max_length=10,
                            ),
                        ),
                        (
                            "motif",
                            models.TextField(
                                blank=True, max_length=500, verbose_name="pourquoi l'acheteur ne prolonge pas"
                            ),
                        ),
                        ("repondue_le", models.DateTimeField(blank=True, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="propositions",
                                to="incidents.incident",
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tours.tour",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["ancienne_limite", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("nouvelle_limite__gt", models.F("ancienne_limite"))),
                                name="une_proposition_allonge",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reponse", "declinee"), _negated=True),
                                    models.Q(("motif", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="une_proposition_declinee_dit_pourquoi",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("tour", None)),
                                fields=("incident", "consultation"),
                                name="une_proposition_par_incident",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("tour__isnull", False)),
                                fields=("incident", "tour"),
                                name="une_proposition_par_tour",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
