"""Les téléchargements servis au-delà du budget des inconnus se comptent, sans une ligne chacun."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0013_depart'),
        ('retraits', '0003_equipes'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetraitsEnNombre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nombre', models.PositiveBigIntegerField(default=0)),
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='retraits_en_nombre', to='consultations.consultation')),
            ],
        ),
    ]
