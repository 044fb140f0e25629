"""Le stockage peut ne pas rendre une enveloppe, pour un moment : cela se garde, et n'en fait pas une enveloppe illisible."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ouverture", "0003_proces_verbaux_a_part")]
    operations = [
        migrations.AddField(
            model_name="ouverturepli",
            name="non_rendue_le",
            field=models.DateTimeField(
                blank=True, help_text="Le stockage, pour l'instant, ne la rend pas.", null=True
            ),
        ),
    ]
