from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tentatives', '0001_initiale'),
    ]

    operations = [
        migrations.AlterField(
            model_name='trace',
            name='nature',
            field=models.CharField(choices=[('page', 'Page affichée'), ('message', 'Message affiché'), ('envoi', 'Envoi commencé'), ('reprise', 'Envoi repris après un échec'), ('acquis', "Fichier reçu, dit à l'écran"), ('clic', 'Clic sur « Déposer »'), ('refus', 'Demande refusée par le serveur'), ('erreur', 'Erreur du navigateur'), ('recepisse', 'Récépissé affiché'), ('limites', 'Limites en vigueur')], max_length=10),
        ),
    ]
