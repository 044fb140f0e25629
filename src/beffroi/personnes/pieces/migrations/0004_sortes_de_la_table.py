"""Les sortes de pièces sont celles de `droit.pieces_de_candidature` : en ajouter une ne demande plus de migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pieces", "0003_depart")]

    operations = [
        migrations.AlterField(
            model_name="piecedentreprise",
            name="sorte",
            field=models.CharField(max_length=16),
        ),
    ]
