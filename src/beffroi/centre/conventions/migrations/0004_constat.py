
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conventions', '0003_depart'),
    ]

    operations = [
        migrations.AddField(
            model_name='piecedeconvention',
            name='constat',
            field=models.TextField(blank=True, db_default='', default='', verbose_name="ce qu'une personne y a vu, et qui"),
        ),
    ]
