"""Un fichier peut n'être que pour une entreprise. Et la base refuse d'effacer un fichier remis : il prouve."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.choix.echanges.migrations._gardes import DES_PIECES, PIECE, REFUS


def figer_de_nouveau(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite refait la table pour en changer une contrainte, et perd le déclencheur qui la fige."""
    if schema_editor.connection.vendor == "sqlite":
        refuser = f"BEGIN SELECT RAISE(ABORT, '{REFUS.texte}'); END"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {PIECE}_fige")
        schema_editor.execute(f"CREATE TRIGGER {PIECE}_fige BEFORE UPDATE ON {PIECE} {refuser}")



class Migration(migrations.Migration):

    dependencies = [
        ('echanges', '0003_declaration_sans_suite'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='piecejointe',
            name='une_piece_a_un_courrier_ou_un_retour',
        ),
        migrations.AddField(
            model_name='piecejointe',
            name='exemplaire',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='echanges.exemplaire'),
        ),
        migrations.AddConstraint(
            model_name='piecejointe',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('courrier__isnull', False), ('exemplaire', None), ('retour', None)), models.Q(('courrier', None), ('exemplaire__isnull', False), ('retour', None)), models.Q(('courrier', None), ('exemplaire', None), ('retour__isnull', False)), _connector='OR'), name='une_piece_a_un_courrier_un_exemplaire_ou_un_retour'),
        ),
        DES_PIECES,
        migrations.RunPython(figer_de_nouveau, migrations.RunPython.noop),
    ]
