import beffroi.centre.adherents.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('adherents', '0004_population_validee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NoteDAppel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.centre.adherents.models.reference_de_note, max_length=16, unique=True)),
                ('texte', models.TextField(blank=True, max_length=1000)),
                ('ecrite_le', models.DateTimeField()),
                ('effacee_le', models.DateTimeField(blank=True, null=True)),
                ('adherent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='adherents.adherent')),
                ('ecrite_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-ecrite_le', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('effacee_le', None), ('texte', ''), _negated=True), models.Q(('effacee_le', None), ('texte', ''), _connector='OR')), name='une_note_dit_quelque_chose_ou_est_effacee')],
            },
        ),
        migrations.CreateModel(
            name='RegardSurLesAchats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jour', models.DateField()),
                ('le', models.DateTimeField()),
                ('adherent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regards', to='adherents.adherent')),
                ('par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-le', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('adherent', 'par', 'jour'), name='un_regard_par_jour_et_par_personne')],
            },
        ),
    ]
