"""Ce que les bibliothèques comptent, tous les nœuds ensemble."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initiale")]

    operations = [
        migrations.CreateModel(
            name="CompteurPartage",
            fields=[
                (
                    "cle",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="empreinte de ce qui se compte",
                    ),
                ),
                ("valeur", models.TextField(verbose_name="du JSON")),
                ("jusqu_a", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
