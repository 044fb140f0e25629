"""Une garde attend que son adresse soit prouvée ; la base ne la laisse pas commencer avant."""

import beffroi.personnes.cles.models
import django.db.models.deletion
from django.db import migrations, models

from beffroi.personnes.comptes.migrations._gardes import aux_seules_adresses_prouvees


class Migration(migrations.Migration):

    dependencies = [
        ('cles', '0004_depart'),
        ('comptes', '0006_adresses_deja_prouvees'),
    ]

    operations = [
        migrations.CreateModel(
            name='GardienEnAttente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.personnes.cles.models.reference_de_gardien, max_length=16, unique=True)),
                ('organisation', models.CharField(max_length=200)),
                ('releve_de_l_exploitant', models.BooleanField(default=False)),
                ('depuis_le', models.DateTimeField()),
                ('attendue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='garde', to='comptes.personneattendue')),
            ],
            options={
                'abstract': False,
            },
        ),
        aux_seules_adresses_prouvees('cles_gardien'),
    ]
