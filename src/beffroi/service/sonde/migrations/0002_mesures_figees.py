"""Une mesure ne change ni ne s'efface : la base le refuse. Seul s'y pose, une fois, le numéro de l'écriture qui la fige."""

from django.db import migrations

from beffroi.service.sonde.migrations._gardes import DES_MESURES


class Migration(migrations.Migration):
    dependencies = [("sonde", "0001_initiale")]
    operations = [DES_MESURES]
