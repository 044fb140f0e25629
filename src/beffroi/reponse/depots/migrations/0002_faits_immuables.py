"""La base elle-même refuse de changer ce qui prouve : l'heure, le délai, l'entreprise, le récépissé. Un pli ne s'efface pas."""

from django.db import migrations

from beffroi.reponse.depots.migrations._gardes import DES_DEPOTS


class Migration(migrations.Migration):
    dependencies = [("depots", "0001_initiale")]
    operations = [DES_DEPOTS]
