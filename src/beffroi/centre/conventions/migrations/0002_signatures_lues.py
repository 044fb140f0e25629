

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conventions', '0001_initiale'),
    ]

    operations = [
        migrations.AddField(
            model_name='piecedeconvention',
            name='signatures',
            field=models.JSONField(blank=True, default=list, verbose_name='signatures électroniques lues au dépôt'),
        ),
        migrations.AddField(
            model_name='piecedeconvention',
            name='signatures_illisibles',
            field=models.BooleanField(default=False),
        ),
    ]
