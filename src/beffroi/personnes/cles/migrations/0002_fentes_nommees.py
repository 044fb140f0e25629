"""Donne une référence à chaque fente, et compte comme essayées celles que le navigateur a rouvertes en les créant."""

from typing import Any

import beffroi.personnes.cles.models
from django.db import migrations, models


def nommer(apps: Any, schema_editor: Any) -> None:
    fentes = apps.get_model("cles", "Fente")
    for fente in fentes.objects.all().iterator():
        fente.reference = beffroi.personnes.cles.models.reference_de_fente()
        fente.ouverte_le = fente.ouverte_le or fente.creee_le
        fente.save(update_fields=["reference", "ouverte_le"])


class Migration(migrations.Migration):

    dependencies = [
        ('cles', '0001_initiale'),
    ]

    operations = [
        migrations.AddField(
            model_name='fente',
            name='reference',
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.AlterField(
            model_name='fente',
            name='ouverte_le',
            field=models.DateTimeField(blank=True, help_text='Vide : jamais essayée, elle ne compte pas.', null=True),
        ),
        migrations.RunPython(nommer, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='fente',
            name='reference',
            field=models.CharField(default=beffroi.personnes.cles.models.reference_de_fente, max_length=16, unique=True),
        ),
    ]
