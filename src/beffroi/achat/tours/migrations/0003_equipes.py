"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tours", "0002_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "invitation", "etablissement", "equipe",
            table="tours_invitation", colonne="etablissement_id", en_colonne="equipe_id",
        ),
    ]
