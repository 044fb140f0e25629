
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conventions', '0004_constat'),
    ]

    operations = [
        migrations.AddField(
            model_name='denonciation',
            name='archives_numero',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='numéro du recommandé aux Archives'),
        ),
        migrations.AddField(
            model_name='denonciation',
            name='archives_presentee_le',
            field=models.DateField(blank=True, null=True, verbose_name='présentée aux Archives le'),
        ),
    ]
