"""La base elle-même refuse de changer une fiche publiée, ses titulaires, ce qui s'y est ajouté (CCP, art. L. 2196-2)."""

from django.db import migrations

from beffroi.contrat.donnees_essentielles.migrations._gardes import GARDES


class Migration(migrations.Migration):
    dependencies = [("donnees_essentielles", "0001_initiale")]
    operations = GARDES
