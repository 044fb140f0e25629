"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pieces", "0004_sortes_de_la_table"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "piecedentreprise", "etablissement", "equipe",
            table="pieces_piecedentreprise", colonne="etablissement_id", en_colonne="equipe_id",
        ),
    ]
