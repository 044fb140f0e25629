
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0009_connexions'),
    ]

    operations = [
        migrations.CreateModel(
            name='FichierSuspendu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adresse', models.CharField(max_length=500)),
                ('champ', models.CharField(max_length=100)),
                ('nom', models.CharField(max_length=255)),
                ('sorte', models.CharField(blank=True, max_length=255)),
                ('taille', models.PositiveBigIntegerField()),
                ('octets', models.BinaryField()),
                ('suspendu_le', models.DateTimeField(db_index=True)),
                ('connexion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fichiers_suspendus', to='comptes.connexion')),
            ],
        ),
    ]
