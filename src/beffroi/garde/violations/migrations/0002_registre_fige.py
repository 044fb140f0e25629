"""La base elle-même refuse d'effacer une violation, de récrire ses faits, ses suites, ou ce qu'un adhérent en a su."""

from django.db import migrations

from beffroi.garde.violations.migrations._gardes import GARDES


class Migration(migrations.Migration):
    dependencies = [("violations", "0001_initiale")]
    operations = GARDES
