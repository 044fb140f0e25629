"""Un dépôt d'essai de la plateforme s'efface, son écriture reste ; la base refuse toujours d'effacer celui d'une entreprise."""

from django.db import migrations

from beffroi.reponse.depots.migrations._gardes import SAUF_LES_ESSAIS


class Migration(migrations.Migration):
    dependencies = [("depots", "0005_tours_d_offres"), ("consultations", "0011_technique")]
    operations = [SAUF_LES_ESSAIS]
