import beffroi.centre.reprises.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conventions', '0006_reprises'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=255, verbose_name='nom du fichier')),
                ('taille', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('cle_de_stockage', models.CharField(max_length=120)),
                ('depose_le', models.DateTimeField()),
                ('applique_le', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(default=beffroi.centre.reprises.models.reference_de_reprise, max_length=16, unique=True)),
                ('ignorees', models.JSONField(default=list, verbose_name='colonnes laissées de côté')),
                ('depose_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-depose_le', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Vague',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('nom', models.CharField(blank=True, max_length=120, verbose_name="ce qu'elle réunit")),
                ('le', models.DateField(verbose_name='jour prévu')),
                ('composee_le', models.DateTimeField()),
                ('lancee_le', models.DateTimeField(blank=True, null=True)),
                ('lignes_au_depart', models.PositiveSmallIntegerField(default=0)),
                ('defaite_le', models.DateTimeField(blank=True, null=True, verbose_name='défaite avant de partir')),
                ('annulee_le', models.DateTimeField(blank=True, null=True, verbose_name='annulée en dernier le')),
                ('motif_d_annulation', models.TextField(blank=True)),
                ('composee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lancee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vagues', to='reprises.reprise')),
            ],
            options={
                'ordering': ['numero'],
            },
        ),
        migrations.CreateModel(
            name='LigneDeReprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveIntegerField(verbose_name='numéro dans le fichier')),
                ('valeurs', models.JSONField(default=dict)),
                ('autres', models.JSONField(default=dict, verbose_name='autres colonnes, gardées telles quelles')),
                ('laissee', models.CharField(blank=True, max_length=200, verbose_name="pourquoi une personne l'a laissée")),
                ('refus', models.TextField(blank=True, verbose_name="pourquoi l'activation l'a refusée")),
                ('convention', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conventions.convention')),
                ('reprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lignes', to='reprises.reprise')),
                ('vague', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lignes', to='reprises.vague')),
            ],
            options={
                'ordering': ['numero'],
            },
        ),
        migrations.CreateModel(
            name='CopieDeReprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=255, verbose_name='nom du fichier')),
                ('nom_plie', models.CharField(max_length=255)),
                ('taille', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('cle_de_stockage', models.CharField(blank=True, max_length=120)),
                ('refus', models.TextField(blank=True)),
                ('jointe_le', models.DateTimeField()),
                ('reprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='reprises.reprise')),
            ],
            options={
                'ordering': ['nom', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('refus', '')), fields=('reprise', 'nom_plie'), name='une_copie_gardee_par_nom'), models.CheckConstraint(condition=models.Q(models.Q(('refus', ''), models.Q(('cle_de_stockage', ''), _negated=True)), models.Q(models.Q(('refus', ''), _negated=True), ('cle_de_stockage', '')), _connector='OR'), name='une_copie_est_gardee_ou_refusee')],
            },
        ),
        migrations.AddConstraint(
            model_name='vague',
            constraint=models.UniqueConstraint(fields=('reprise', 'numero'), name='une_vague_par_numero'),
        ),
        migrations.AddConstraint(
            model_name='vague',
            constraint=models.CheckConstraint(condition=models.Q(('defaite_le', None), ('lancee_le', None), _connector='OR'), name='une_vague_defaite_n_est_pas_partie'),
        ),
        migrations.AddConstraint(
            model_name='vague',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lancee_le', None), ('lancee_par', None)), models.Q(('lancee_le__isnull', False), ('lancee_par__isnull', False)), _connector='OR'), name='qui_lance_une_vague_se_nomme'),
        ),
        migrations.AddConstraint(
            model_name='lignedereprise',
            constraint=models.UniqueConstraint(fields=('reprise', 'numero'), name='une_ligne_par_numero'),
        ),
        migrations.AddConstraint(
            model_name='lignedereprise',
            constraint=models.CheckConstraint(condition=models.Q(('convention', None), ('vague__isnull', False), _connector='OR'), name='une_ligne_reprise_a_sa_vague'),
        ),
    ]
