"""L'index inversé, que Django ne sait pas décrire."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.publicite.recherche import schema


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.poser(schema_editor.connection)


def oter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.oter(schema_editor.connection)


GARDES = [SansModele(poser, oter)]
