"""Les traces de sécurité s'engagent par lots au journal, chacun sous son aléa."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conformite", "0007_depart")]

    operations = [
        migrations.CreateModel(
            name="LotDeTraces",
            fields=[
                (
                    "ecriture",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False),
                ),
                ("alea", models.CharField(max_length=64)),
            ],
        ),
    ]
