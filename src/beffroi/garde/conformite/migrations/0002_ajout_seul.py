"""La base refuse qu'une trace de sécurité change, ou qu'elle s'efface sans qu'une autre soit de douze mois plus récente."""

from django.db import migrations

from beffroi.garde.conformite.migrations._gardes import GARDES


class Migration(migrations.Migration):
    dependencies = [("conformite", "0001_initiale")]
    operations = GARDES
