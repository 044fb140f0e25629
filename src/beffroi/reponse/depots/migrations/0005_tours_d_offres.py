"""Une réponse répond à une invitation, un pli est d'un tour : la base refuse d'en changer, comme du reste du pli."""

import django.db.models.deletion
from django.db import migrations, models

from beffroi.reponse.depots.migrations._gardes import DES_TOURS


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
        DES_TOURS,
    ]
