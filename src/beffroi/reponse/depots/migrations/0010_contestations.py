"""« Ce n'est pas moi » : ce qui conteste un retrait ou un remplacement, et le suspend."""

from collections.abc import Iterator

import django.db.models.deletion
from beffroi.socle.journal.faits_immuables import Declencheur, Refus, changees, refuser
from django.conf import settings
from django.db import migrations, models

TABLE = "depots_contestation"
REFUS = Refus("depots_contestation_dite", "une contestation ne se modifie pas : elle se lève, une fois")
FIXES = ("pli_id", "geste", "contestee_par_id", "contestee_le")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    levee = f"(OLD.levee_le IS NOT NULL AND OLD.levee_le {differe} NEW.levee_le)"
    yield Declencheur(f"{TABLE}_fige", "UPDATE", TABLE, f"{changees(FIXES, differe)} OR {levee}")
    yield Declencheur(f"{TABLE}_garde", "DELETE", TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("depots", "0009_soumissionnaires_dits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "geste",
                    models.CharField(
                        choices=[("retrait", "Retrait"), ("remplacement", "Remplacement")], max_length=12
                    ),
                ),
                ("contestee_le", models.DateTimeField()),
                ("levee_le", models.DateTimeField(blank=True, null=True)),
                (
                    "contestee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pli",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contestations", to="depots.pli"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("levee_le", None)), fields=("pli",), name="une_contestation_en_cours_par_pli"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("levee_le", None), ("levee_le__gte", models.F("contestee_le")), _connector="OR"),
                        name="levee_apres_contestee",
                    ),
                ],
            },
        ),
        refuser(REFUS, declencheurs),
    ]
