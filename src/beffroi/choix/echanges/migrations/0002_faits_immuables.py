"""La base elle-même refuse de changer ce qui prouve : un texte remis, une première lecture, une réponse reçue."""

from django.db import migrations

from beffroi.choix.echanges.migrations._gardes import DES_COURRIERS


class Migration(migrations.Migration):
    dependencies = [("echanges", "0001_initiale")]
    operations = [DES_COURRIERS]
