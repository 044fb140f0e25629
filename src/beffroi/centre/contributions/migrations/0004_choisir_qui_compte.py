

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0003_suites_de_l_appel'),
    ]

    operations = [
        migrations.AlterField(
            model_name='choixdutarif',
            name='cle',
            field=models.CharField(choices=[('borne_commune', '150 et 250 consultations sont nommés par deux tranches : à laquelle vont-ils ?'), ('a_350_agents', '350 agents tout juste : la grille ne le dit pas.'), ('definition_effectif', "« Agents » n'est pas défini : lesquels comptent ?"), ('base_volume', 'Quelle année décide de la tranche ?'), ('premiere_annee', "Première année : il n'y a pas d'année précédente."), ('fait_generateur', 'Quand une consultation compte-t-elle ?'), ('relance', 'Une consultation relancée après une infructueuse ou une sans suite'), ('prorata', 'Une année incomplète'), ('prorata_sortie', "Qui part en cours d'année")], max_length=20),
        ),
    ]
