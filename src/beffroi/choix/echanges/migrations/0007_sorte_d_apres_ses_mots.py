"""La sorte d'un courrier est un mot d'`echanges.mots` : en ajouter une ne demande plus de migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("echanges", "0006_depart")]

    operations = [
        migrations.AlterField(
            model_name="courrier",
            name="sorte",
            field=models.CharField(default="libre", max_length=16),
        ),
    ]
