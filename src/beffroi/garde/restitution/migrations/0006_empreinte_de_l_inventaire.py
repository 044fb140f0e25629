"""L'inventaire d'une archive rendue dit ce qui peut s'effacer : son empreinte est prouvée."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("restitution", "0005_depart")]

    operations = [
        migrations.AddField(
            model_name="restitution",
            name="sha256_de_l_inventaire",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
