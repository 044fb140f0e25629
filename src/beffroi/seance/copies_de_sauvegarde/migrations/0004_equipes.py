"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("copies_de_sauvegarde", "0003_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "ouverturedecopie", "etablissement", "equipe",
            table="copies_de_sauvegarde_ouverturedecopie", colonne="etablissement_id", en_colonne="equipe_id",
        ),
    ]
