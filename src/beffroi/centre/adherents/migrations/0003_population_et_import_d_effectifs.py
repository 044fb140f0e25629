import beffroi.centre.adherents.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.en_servant import ContrainteEnServant


class Migration(migrations.Migration):

    dependencies = [
        ('adherents', '0002_depart'),
        ('organismes', '0007_roles_en_attente'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportDEffectifs',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=255, verbose_name='nom du fichier')),
                ('taille', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('cle_de_stockage', models.CharField(max_length=120)),
                ('depose_le', models.DateTimeField()),
                ('applique_le', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(default=beffroi.centre.adherents.models.reference_d_import_d_effectifs, max_length=16, unique=True)),
                ('sorte', models.CharField(choices=[('effectifs', 'Effectifs'), ('populations', 'Populations')], max_length=11)),
                ('lignes', models.PositiveIntegerField(default=0, verbose_name='lignes lues')),
                ('inscrits', models.PositiveIntegerField(default=0)),
                ('differents', models.PositiveIntegerField(default=0, verbose_name='différents de ce qui était connu')),
            ],
            options={
                'ordering': ['-depose_le', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='adherent',
            name='habitants',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='population'),
        ),
        migrations.AddField(
            model_name='adherent',
            name='habitants_au',
            field=models.DateField(blank=True, null=True, verbose_name='population au'),
        ),
        migrations.AddField(
            model_name='adherent',
            name='source_des_habitants',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='source de la population'),
        ),
        ContrainteEnServant(
            model_name='adherent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('habitants', None), ('habitants_au', None), ('source_des_habitants', '')), models.Q(('habitants__isnull', False), ('habitants_au__isnull', False), models.Q(('source_des_habitants', ''), _negated=True)), _connector='OR'), name='un_adherent_date_et_source_sa_population'),
        ),
        migrations.AddField(
            model_name='importdeffectifs',
            name='depose_par',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='effectif',
            name='importe_de',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='effectifs', to='adherents.importdeffectifs'),
        ),
    ]
