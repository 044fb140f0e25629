"""Une réunion annulée, la lettre d'un projet, la levée de l'anonymat : des faits, que la base refuse de changer."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from beffroi.choix.commissions.migrations._gardes import DES_ANNULATIONS


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0002_votes_immuables'),
        ('consultations', '0010_entreprises_invitees'),
        ('depots', '0005_tours_d_offres'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Annulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('motif', models.TextField()),
                ('annulee_le', models.DateTimeField()),
                ('annulee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reportee_en', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report_de', to='commissions.reunion')),
                ('reunion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='annulation', to='commissions.reunion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('motif', ''), _negated=True), name='une_annulation_se_motive')],
            },
        ),
        migrations.CreateModel(
            name='CodeDeProjet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lot', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('code', models.CharField(max_length=4)),
                ('tire_le', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes_de_projet', to='consultations.consultation')),
                ('pli', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='depots.pli')),
                ('tire_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('consultation'), django.db.models.functions.comparison.Coalesce('lot', models.Value(0)), models.F('code'), name='un_projet_par_code'), models.UniqueConstraint(models.F('consultation'), django.db.models.functions.comparison.Coalesce('lot', models.Value(0)), models.F('pli'), name='un_code_par_projet')],
            },
        ),
        migrations.CreateModel(
            name='LeveeDAnonymat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lot', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('levee_le', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levees_d_anonymat', to='consultations.consultation')),
                ('levee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('point', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='levee_d_anonymat', to='commissions.point')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('consultation'), django.db.models.functions.comparison.Coalesce('lot', models.Value(0)), name='un_anonymat_se_leve_une_fois')],
            },
        ),
        DES_ANNULATIONS,
    ]
