"""Un fichier peut n'être que pour une entreprise. Et la base refuse d'effacer un fichier remis : il prouve."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PIECE = "echanges_piecejointe"
REFUS = "un courrier envoyé ne se modifie pas : il prouve"
REMISE = (
    "OLD.retour_id IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM echanges_courrier c WHERE c.id = OLD.courrier_id AND c.envoye_le IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM echanges_exemplaire x WHERE x.id = OLD.exemplaire_id AND x.remis_le IS NOT NULL)"
)


def garder(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL ne lit pas d'autre table dans la condition d'un déclencheur : sa fonction la lit."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION echanges_garder_la_piece() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {REMISE} THEN RAISE EXCEPTION '{REFUS}'; END IF; RETURN OLD; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {PIECE}_garde BEFORE DELETE ON {PIECE} FOR EACH ROW"
            " EXECUTE FUNCTION echanges_garder_la_piece()"
        )
        return
    refuser = f"BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
    schema_editor.execute(f"CREATE TRIGGER {PIECE}_garde BEFORE DELETE ON {PIECE} WHEN ({REMISE}) {refuser}")
    # SQLite refait la table pour en changer une contrainte, et perd le déclencheur qui la fige.
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {PIECE}_fige")
    schema_editor.execute(f"CREATE TRIGGER {PIECE}_fige BEFORE UPDATE ON {PIECE} {refuser}")


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {PIECE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {PIECE}_garde{sur}")


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
        migrations.RunPython(garder, lever),
    ]
