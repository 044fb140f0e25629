
import beffroi.centre.propositions.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=beffroi.centre.propositions.models.reference_de_proposition, max_length=16, unique=True)),
                ('acte', models.CharField(max_length=60)),
                ('sujet', models.CharField(max_length=40, verbose_name="référence de ce qu'elle touche")),
                ('siret', models.CharField(blank=True, max_length=14, verbose_name='organisme touché')),
                ('titre', models.CharField(max_length=300, verbose_name='ce qui serait fait')),
                ('page', models.CharField(max_length=200, verbose_name='où elle se décide')),
                ('motif', models.TextField(verbose_name='pourquoi')),
                ('donnees', models.JSONField(blank=True, default=dict)),
                ('proposee_le', models.DateTimeField()),
                ('issue', models.CharField(blank=True, choices=[('retenue', 'Décidée'), ('ecartee', 'Écartée'), ('sans_objet', 'Sans objet')], max_length=10)),
                ('tranchee_le', models.DateTimeField(blank=True, null=True)),
                ('motif_d_ecart', models.TextField(blank=True, verbose_name='pourquoi elle est écartée')),
                ('proposee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tranchee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['proposee_le', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('issue', '')), fields=('acte', 'sujet'), name='une_proposition_ouverte_par_acte_et_par_sujet'), models.CheckConstraint(condition=models.Q(models.Q(('issue', ''), ('tranchee_le', None)), models.Q(models.Q(('issue', ''), _negated=True), models.Q(('tranchee_le', None), _negated=True)), _connector='OR'), name='une_proposition_se_tranche_a_son_heure'), models.CheckConstraint(condition=models.Q(models.Q(('issue', 'retenue'), _negated=True), models.Q(('tranchee_par__isnull', False), models.Q(('tranchee_par', models.F('proposee_par')), _negated=True)), _connector='OR'), name='qui_propose_ne_decide_pas'), models.CheckConstraint(condition=models.Q(models.Q(('issue', 'ecartee'), _negated=True), models.Q(('tranchee_par__isnull', False), models.Q(('motif_d_ecart', ''), _negated=True)), _connector='OR'), name='une_proposition_ecartee_dit_pourquoi')],
            },
        ),
    ]
