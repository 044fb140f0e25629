"""La table des décisions vient de `selection`, avec ses lignes et ce que le journal en prouve ; le reste est neuf."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('depots', '0005_tours_d_offres'),
        ('selection', '0001_initiale'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='DecisionSurCandidature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lot', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('retenue', models.BooleanField()),
                        ('motif', models.TextField(blank=True)),
                        ('prise_le', models.DateTimeField()),
                        ('pli', models.ForeignKey(on_delete=PROTECT, related_name='decisions_de_candidature', to='depots.pli')),
                        ('prise_par', models.ForeignKey(on_delete=PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'selection_decisionsurcandidature',
                        'ordering': ['pli', 'lot', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('pli', 'lot'), name='une_decision_par_candidature_et_lot'), models.UniqueConstraint(condition=models.Q(('lot', None)), fields=('pli',), name='une_decision_par_candidature'), models.CheckConstraint(condition=models.Q(('retenue', True), models.Q(('motif', ''), _negated=True), _connector='OR'), name='une_candidature_ecartee_sait_pourquoi')],
                    },
                ),
            ],
        ),
    ]
