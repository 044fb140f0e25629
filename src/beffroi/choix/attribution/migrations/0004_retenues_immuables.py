"""La base refuse aussi de changer une autre offre retenue, ou le nombre de titulaires prévu : on prend une autre décision."""

from django.db import migrations

from beffroi.choix.attribution.migrations._gardes import DES_RETENUES


class Migration(migrations.Migration):
    dependencies = [("attribution", "0003_plusieurs_titulaires")]
    operations = [DES_RETENUES]
