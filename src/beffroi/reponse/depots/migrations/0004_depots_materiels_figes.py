"""Un dépôt matériel ne se modifie pas non plus : la base refusait de l'effacer, elle refuse aussi de le changer."""

from django.db import migrations

from beffroi.reponse.depots.migrations._gardes import DES_DEPOTS_MATERIELS


class Migration(migrations.Migration):
    dependencies = [("depots", "0003_scellement_unique")]
    operations = [DES_DEPOTS_MATERIELS]
