"""Une adresse prouvée laisse une preuve, et une adresse à prouver s'attend."""

import beffroi.personnes.comptes.models
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0004_depart'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonneAttendue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.personnes.comptes.models.reference_d_attente, max_length=16, unique=True)),
                ('courriel', models.EmailField(max_length=254, unique=True, verbose_name='adresse électronique')),
                ('nom', models.CharField(max_length=120, verbose_name='nom et prénom')),
                ('qualite', models.CharField(blank=True, max_length=120, verbose_name='qualité')),
                ('depuis_le', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('courriel', django.db.models.functions.text.Lower('courriel'))), name='une_adresse_attendue_est_en_minuscules')],
            },
        ),
        migrations.CreateModel(
            name='PreuveDAdresse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('courriel', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('le', models.DateTimeField()),
                ('utilisateur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preuves_d_adresse', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('utilisateur', 'courriel'), name='une_preuve_par_compte_et_par_adresse'), models.CheckConstraint(condition=models.Q(('courriel', django.db.models.functions.text.Lower('courriel'))), name='une_adresse_prouvee_est_en_minuscules')],
            },
        ),
    ]
