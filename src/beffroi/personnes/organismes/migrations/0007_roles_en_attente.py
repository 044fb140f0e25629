"""Un rôle attend que son adresse soit prouvée ; la base ne le laisse pas commencer avant."""

import beffroi.personnes.organismes.models
import django.db.models.deletion
from django.db import migrations, models

from beffroi.personnes.comptes.migrations._gardes import aux_seules_adresses_prouvees


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0006_adresses_deja_prouvees'),
        ('organismes', '0006_depart'),
    ]

    operations = [
        migrations.CreateModel(
            name='HabilitationEnAttente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.personnes.organismes.models.reference_d_habilitation, max_length=16, unique=True)),
                ('roles', models.JSONField(default=list)),
                ('service', models.CharField(blank=True, default='', max_length=120)),
                ('depuis_le', models.DateTimeField()),
                ('attendue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='habilitations', to='comptes.personneattendue')),
                ('organisme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='habilitations_en_attente', to='organismes.organisme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisme', 'attendue'), name='une_habilitation_en_attente_par_adresse')],
            },
        ),
        aux_seules_adresses_prouvees('organismes_habilitation'),
    ]
