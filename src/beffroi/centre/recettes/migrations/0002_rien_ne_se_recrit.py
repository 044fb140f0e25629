"""La base elle-même refuse de récrire un titre, un paiement : l'un s'annule, l'autre se contre-passe, une fois."""

from django.db import migrations

from beffroi.centre.recettes.migrations._gardes import GARDES


class Migration(migrations.Migration):
    dependencies = [("recettes", "0001_initiale")]
    operations = GARDES
