"""Une réponse répond à une invitation, un pli est d'un tour : la base refuse d'en changer, comme du reste du pli."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.journal.faits_immuables import Declencheur, Refus, changees, refuser

TABLE = "depots_pli"
REFUS = Refus("depots_refuser", "un dépôt ne se modifie pas : il prouve")


def declencheurs(differe: str) -> list[Declencheur]:
    return [Declencheur(f"{TABLE}_tour_fige", "UPDATE", TABLE, changees(("tour_id",), differe))]


class Migration(migrations.Migration):
    dependencies = [("depots", "0004_depots_materiels_figes"), ("tours", "0001_initiale")]
    operations = [
        migrations.AddField(
            model_name="brouillondereponse",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="brouillons",
                to="tours.invitation",
            ),
        ),
        migrations.AddField(
            model_name="pli",
            name="tour",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plis",
                to="tours.tour",
            ),
        ),
        refuser(REFUS, declencheurs),
    ]
