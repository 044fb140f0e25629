
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0001_initiale'),
    ]

    operations = [
        migrations.AddField(
            model_name='demande',
            name='motif',
            field=models.CharField(blank=True, choices=[('connexion', 'Se connecter, recevoir un code'), ('depot', 'Déposer une réponse'), ('dossier', 'Télécharger un dossier'), ('signature', 'Signer, certificat'), ('cle', "Clé, séance d'ouverture"), ('poste', 'Poste, navigateur, réseau'), ('ecran', 'Comprendre un écran'), ('reglement', 'Écrire ou relire le règlement'), ('procedure', 'Procédure, délais, publicité'), ('attribution', 'Examiner, attribuer, notifier'), ('execution', 'Exécuter le contrat'), ('droits', 'Donner ou retirer un rôle'), ('agent', "Arrivée ou départ d'un agent"), ('entreprise', "Compte d'une entreprise"), ('acheteur', "Une question pour l'acheteur"), ('autre_service', 'Un autre service'), ('sans_suite', 'Rien à répondre')], max_length=13, verbose_name='ce qui était demandé'),
        ),
    ]
