"""Un accord que personne n'a rejoint n'est plus un partage : il attend à part, et s'efface."""

import beffroi.service.teleassistance.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0003_depart'),
        ('teleassistance', '0003_depart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='partage',
            name='reseau',
        ),
        migrations.CreateModel(
            name='AccordEnAttente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.service.teleassistance.models.reference_de_partage, max_length=20, unique=True)),
                ('etat', models.CharField(choices=[('consenti', 'Attend le centre de gestion'), ('rejoint', 'Le centre de gestion est là'), ('montre', 'Écran montré'), ('termine', 'Terminé'), ('refuse', "Rien n'a été montré"), ('coupe', 'Coupé'), ('expire', 'Expiré'), ('remplace', 'Remplacé par un autre')], default='consenti', max_length=8)),
                ('texte_accepte', models.CharField(max_length=64, verbose_name='empreinte du texte accepté')),
                ('consenti_le', models.DateTimeField()),
                ('code_jusqu_au', models.DateTimeField(verbose_name="le code vaut jusqu'au")),
                ('fini_le', models.DateTimeField(blank=True, null=True)),
                ('fini_par', models.CharField(blank=True, choices=[('personne', 'La personne'), ('centre', 'Le centre de gestion'), ('plateforme', 'La plateforme')], max_length=10)),
                ('demande', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assistance.demande')),
                ('personne', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-consenti_le', '-pk'],
                'indexes': [models.Index(fields=['consenti_le'], name='accord_en_attente')],
                'constraints': [models.CheckConstraint(condition=models.Q(('etat__in', ['consenti', 'expire', 'refuse', 'remplace', 'termine'])), name='un_accord_ne_se_montre_pas')],
            },
        ),
    ]
