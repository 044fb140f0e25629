"""La base elle-même refuse de modifier ou d'effacer une écriture, un nœud, un point de contrôle, un jeton."""

from django.db import migrations

from beffroi.socle.journal.migrations._gardes import DU_JOURNAL, REFUSER, ajout_seul


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initiale")]
    operations = [REFUSER, ajout_seul(DU_JOURNAL)]
