"""Une minute du serveur, une mesure d'ailleurs ne changent ni ne s'effacent. S'y pose, une fois, le numéro de leur écriture."""

from django.db import migrations

from beffroi.service.sonde.migrations._gardes import DES_MINUTES


class Migration(migrations.Migration):
    dependencies = [("sonde", "0003_minutes_et_exterieures")]
    operations = [DES_MINUTES]
