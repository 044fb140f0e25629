"""Le procès-verbal et le registre scellé ont leur contexte : l'état change de main, les tables ne bougent pas."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("ouverture", "0002_commission_et_signature"),
        ("proces_verbaux", "0001_initiale"),
        ("registre_des_depots", "0001_initiale"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="ProcesVerbalSigne"),
                migrations.DeleteModel(name="ProcesVerbal"),
                migrations.DeleteModel(name="RegistreScelle"),
            ]
        ),
    ]
