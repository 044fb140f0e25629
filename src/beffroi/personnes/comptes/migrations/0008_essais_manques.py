"""Les essais manqués se comptent dans la base, pour tous les processus."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comptes', '0007_jetons_et_second_facteur'),
    ]

    operations = [
        migrations.CreateModel(
            name='EssaisManques',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cle', models.CharField(max_length=64, unique=True)),
                ('nombre', models.PositiveIntegerField(default=0)),
                ('dernier_le', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
