"""Un jeton dit s'il est né avec un second facteur ; ceux d'avant ne le savent pas, et n'agissent pas pour un acheteur."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0006_adresses_deja_prouvees'),
    ]

    operations = [
        migrations.AddField(
            model_name='jetondapi',
            name='delivre_avec_second_facteur',
            field=models.BooleanField(default=False),
        ),
    ]
