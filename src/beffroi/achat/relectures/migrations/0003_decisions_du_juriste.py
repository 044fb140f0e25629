
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relectures', '0002_depart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionSurUnConstat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8)),
                ('empreinte', models.CharField(max_length=64)),
                ('issue', models.CharField(choices=[('retenu', 'Retenu'), ('ecarte', 'Écarté')], max_length=8)),
                ('motif', models.TextField(blank=True)),
                ('le', models.DateTimeField()),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('relecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='relectures.relecture')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('relecture', 'empreinte'), name='une_decision_par_constat'), models.CheckConstraint(condition=models.Q(models.Q(('issue', 'ecarte'), _negated=True), models.Q(('motif', ''), _negated=True), _connector='OR'), name='un_constat_ecarte_dit_pourquoi')],
            },
        ),
    ]
