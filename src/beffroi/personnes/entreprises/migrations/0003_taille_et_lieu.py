

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entreprises', '0002_invitations_en_attente'),
    ]

    operations = [
        migrations.AddField(
            model_name='entreprise',
            name='taille',
            field=models.CharField(blank=True, choices=[('micro', 'Microentreprise'), ('pme', 'Petite ou moyenne entreprise'), ('eti', 'Entreprise de taille intermédiaire'), ('grande', 'Grande entreprise')], max_length=6, verbose_name="taille, si elle l'a dite"),
        ),
        migrations.AddField(
            model_name='etablissement',
            name='code_postal',
            field=models.CharField(blank=True, max_length=5, verbose_name="code postal, s'il est dit"),
        ),
    ]
