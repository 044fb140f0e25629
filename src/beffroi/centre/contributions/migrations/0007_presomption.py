from django.conf import settings
from django.db import migrations, models

from beffroi.socle.fondations.en_servant import ContrainteEnServant


class Migration(migrations.Migration):

    dependencies = [
        ('adherents', '0003_population_et_import_d_effectifs'),
        ('contributions', '0006_depart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contribution',
            name='qui_paie_a_une_tranche_et_un_effectif',
        ),
        migrations.AddField(
            model_name='contribution',
            name='decision',
            field=models.CharField(blank=True, choices=[('juste', 'Le calcul est juste'), ('presumer', 'Présumé sous le seuil'), ('attendre', 'Attendre : pas appelé maintenant')], db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='contribution',
            name='habitants',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='habitants_au',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='nature',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='contribution',
            name='origine_de_l_effectif',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='contribution',
            name='presumee',
            field=models.BooleanField(db_default=False, default=False, verbose_name='présumé sous le seuil'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='source_des_habitants',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AlterField(
            model_name='choixdutarif',
            name='cle',
            field=models.CharField(choices=[('borne_commune', '150 et 250 consultations sont nommés par deux tranches : à laquelle vont-ils ?'), ('a_350_agents', '350 agents tout juste : la grille ne le dit pas.'), ('definition_effectif', "« Agents » n'est pas défini : lesquels comptent ?"), ('base_volume', 'Quelle année décide de la tranche ?'), ('premiere_annee', "Première année : il n'y a pas d'année précédente."), ('fait_generateur', 'Quand une consultation compte-t-elle ?'), ('relance', 'Une consultation relancée après une infructueuse ou une sans suite'), ('prorata', 'Une année incomplète'), ('prorata_sortie', "Qui part en cours d'année"), ('presomption', "Une commune n'a jamais déclaré d'effectif : sa population permet-elle de présumer ?")], max_length=20),
        ),
        ContrainteEnServant(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('montant', None), models.Q(('agents__isnull', False), ('tranche__isnull', False)), models.Q(('presumee', True), ('tranche__isnull', False)), _connector='OR'), name='qui_est_appele_a_une_tranche_et_un_effectif_ou_est_presume'),
        ),
        ContrainteEnServant(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('habitants', None), ('habitants_au', None), ('source_des_habitants', '')), models.Q(('habitants__isnull', False), ('habitants_au__isnull', False), models.Q(('source_des_habitants', ''), _negated=True)), _connector='OR'), name='une_population_a_son_jour_et_sa_source'),
        ),
        ContrainteEnServant(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('presumee', False), ('agents', None), _connector='OR'), name='un_effectif_connu_ne_se_presume_pas'),
        ),
    ]
