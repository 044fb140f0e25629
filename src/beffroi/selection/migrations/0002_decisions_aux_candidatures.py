"""Les décisions sont aux candidatures, pour un temps ou deux : leur table reste, avec ses lignes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0001_initiale'),
        ('candidatures', '0001_initiale'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='DecisionSurCandidature')]),
    ]
