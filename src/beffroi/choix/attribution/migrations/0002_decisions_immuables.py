"""La base elle-même refuse de changer une décision, ou une lettre partie : on en prend une autre."""

from django.db import migrations

from beffroi.choix.attribution.migrations._gardes import DES_DECISIONS


class Migration(migrations.Migration):
    dependencies = [("attribution", "0001_initiale")]
    operations = DES_DECISIONS
