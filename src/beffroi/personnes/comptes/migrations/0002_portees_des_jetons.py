import beffroi.personnes.comptes.portees
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0001_initiale'),
    ]

    operations = [
        migrations.AddField(
            model_name='jetondapi',
            name='portees',
            field=models.JSONField(default=beffroi.personnes.comptes.portees.portees_de_depot),
        ),
        migrations.AddField(
            model_name='jetondapi',
            name='expire_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
