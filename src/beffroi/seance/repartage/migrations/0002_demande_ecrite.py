from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0002_recours_aux_gardiens'),
        ('repartage', '0001_initiale'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='repartage',
            name='demande_ecrite',
            field=models.CharField(blank=True, help_text='Demande qui fonde le recours aux gardiens.', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='repartage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('voie', 'gardiens'), _negated=True), models.Q(('demande_ecrite', ''), _negated=True), _connector='OR'), name='recours_sur_demande_ecrite'),
        ),
    ]
