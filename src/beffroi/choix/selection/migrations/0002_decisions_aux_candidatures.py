"""Les décisions sont aux candidatures, pour un temps ou deux : leur table reste, avec ses lignes."""

from django.db import migrations


class Migration(migrations.Migration):

    # Rien ne s'écrit en base : attendre que `candidatures` ait repris la table ferait tourner en rond leurs deux départs.
    dependencies = [('selection', '0001_initiale')]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='DecisionSurCandidature')]),
    ]
