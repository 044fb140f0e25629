"""La base refuse aussi de changer une autre offre retenue, ou le nombre de titulaires prévu : on prend une autre décision."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ATTRIBUTION, AUTRE = "attribution_attribution", "attribution_autreretenue"
REFUS = "une décision prise, une lettre partie ne se modifient pas : elles prouvent"


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str]]:
    """`attribution_refuser` existe déjà sur PostgreSQL : la migration 0002 l'a posée."""
    differe = "IS DISTINCT FROM" if moteur == "postgresql" else "IS NOT"
    change = f"WHEN (OLD.titulaires_prevus {differe} NEW.titulaires_prevus) "
    yield f"{ATTRIBUTION}_titulaires", "UPDATE", ATTRIBUTION, change
    yield f"{AUTRE}_fige", "UPDATE", AUTRE, ""
    yield f"{AUTRE}_garde", "DELETE", AUTRE, ""


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    postgresql = moteur == "postgresql"
    alors = "EXECUTE FUNCTION attribution_refuser()" if postgresql else f"BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
    for nom, quand, table, condition in declencheurs(moteur):
        schema_editor.execute(f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {condition}{alors}")


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("attribution", "0003_plusieurs_titulaires")]
    operations = [migrations.RunPython(poser, lever)]
