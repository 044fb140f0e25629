"""Les jours entre deux conventions, et ce qu'une erreur a déjà rendu : figés avec la ligne, gardés comme elle."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

avant = import_module("beffroi.centre.contributions.migrations.0002_rien_ne_se_recrit")
NOM = f"{avant.CONTRIBUTION}_fige_ses_jours"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    interruptions = avant._differe(moteur, "interruptions", est_du_json=True)
    condition = f"OLD.emise_le IS NOT NULL AND ({interruptions} OR {avant._differe(moteur, 'corrige')})"
    ordre = avant.ordre(moteur, NOM, "UPDATE", avant.CONTRIBUTION, condition, avant.EMIS)
    schema_editor.execute(ordre, params=None)


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    suffixe = f" ON {avant.CONTRIBUTION}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NOM}{suffixe}")


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0004_choisir_qui_compte'),
    ]

    # Vides d'office : SQLite ajoute ces colonnes sans refaire la table, et n'y perd aucun déclencheur.
    operations = [
        migrations.AddField(
            model_name='contribution',
            name='interruptions',
            field=models.JSONField(blank=True, null=True, verbose_name='jours hors convention'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='corrige',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='rendu pour erreur'),
        ),
        migrations.RunPython(poser, lever),
    ]
