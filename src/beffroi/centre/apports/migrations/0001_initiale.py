

import beffroi.centre.apports.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conventions', '0001_initiale'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Apport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.centre.apports.models.reference_d_apport, max_length=16, unique=True)),
                ('sorte', models.CharField(choices=[('deliberation', 'Délibération'), ('exemplaire', 'Exemplaire signé')], max_length=12)),
                ('de', models.CharField(max_length=120, verbose_name="qui l'a renvoyé")),
                ('numero', models.CharField(blank=True, max_length=60, verbose_name='numéro de la délibération')),
                ('date', models.DateField(verbose_name='date de la délibération, ou de la signature')),
                ('executoire_le', models.DateField(blank=True, null=True, verbose_name='exécutoire le')),
                ('nom', models.CharField(max_length=255, verbose_name='nom du fichier')),
                ('taille', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('cle_de_stockage', models.CharField(max_length=120)),
                ('recu_le', models.DateTimeField(verbose_name='reçu le')),
                ('issue', models.CharField(blank=True, choices=[('retenu', 'Retenu'), ('ecarte', 'À refaire'), ('remplace', 'Remplacé')], max_length=8)),
                ('motif', models.TextField(blank=True, verbose_name='pourquoi il est à refaire')),
                ('traite_le', models.DateTimeField(blank=True, null=True, verbose_name='traité le')),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apports', to='conventions.convention')),
                ('traite_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-recu_le', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('issue', '')), fields=('convention', 'sorte'), name='un_apport_attend_a_la_fois'), models.CheckConstraint(condition=models.Q(models.Q(('sorte', 'deliberation'), _negated=True), models.Q(models.Q(('numero', ''), _negated=True), ('executoire_le__isnull', False), ('executoire_le__gte', models.F('date'))), _connector='OR'), name='une_deliberation_renvoyee_a_son_numero_et_ses_dates'), models.CheckConstraint(condition=models.Q(models.Q(('issue', 'ecarte'), _negated=True), models.Q(('motif', ''), _negated=True), _connector='OR'), name='un_apport_a_refaire_dit_pourquoi'), models.CheckConstraint(condition=models.Q(models.Q(('issue', ''), ('traite_le', None)), models.Q(models.Q(('issue', ''), _negated=True), ('traite_le__isnull', False)), _connector='OR'), name='un_apport_traite_a_son_heure')],
            },
        ),
    ]
