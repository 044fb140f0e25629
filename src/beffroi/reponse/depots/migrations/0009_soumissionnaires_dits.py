"""Ce que l'acheteur a dit d'équipes qui disent la même entreprise."""

import django.db.models.deletion
from beffroi.socle.journal.faits_immuables import Refus, figees, refuser
from django.conf import settings
from django.db import migrations, models

REFUS = Refus("depots_soumissionnaires_dits", "ce que l'acheteur a dit d'un soumissionnaire ne se modifie pas : il prouve")


class Migration(migrations.Migration):
    dependencies = [
        ("depots", "0008_equipes"),
        ("consultations", "0013_depart"),
        ("tours", "0003_equipes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SoumissionnaireDit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("equipes", models.JSONField()),
                ("un_seul", models.BooleanField()),
                ("motif", models.TextField()),
                ("dit_le", models.DateTimeField()),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "dit_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("motif", ""), _negated=True),
                        name="un_soumissionnaire_se_dit_avec_un_motif",
                    )
                ],
            },
        ),
        refuser(REFUS, lambda differe: figees(["depots_soumissionnairedit"])),
    ]
