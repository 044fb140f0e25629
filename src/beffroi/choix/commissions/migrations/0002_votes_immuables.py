"""La base elle-même refuse de changer un vote, un retrait, une dispense, ou une réunion close : on en inscrit un autre."""

from django.db import migrations

from beffroi.choix.commissions.migrations._gardes import DES_VOTES


class Migration(migrations.Migration):
    dependencies = [("commissions", "0001_initiale")]
    operations = [DES_VOTES]
