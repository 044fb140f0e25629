"""Le procès-verbal et le registre scellé ont leur contexte : l'état change de main, les tables ne bougent pas."""

from django.db import migrations


class Migration(migrations.Migration):
    # Rien ne s'écrit en base : attendre les deux contextes qui reprennent ces tables ferait tourner en rond leurs départs.
    dependencies = [("ouverture", "0002_commission_et_signature")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="ProcesVerbalSigne"),
                migrations.DeleteModel(name="ProcesVerbal"),
                migrations.DeleteModel(name="RegistreScelle"),
            ]
        ),
    ]
