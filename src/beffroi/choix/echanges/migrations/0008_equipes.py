"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("echanges", "0007_sorte_d_apres_ses_mots"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "fil", "etablissement", "equipe",
            table="echanges_fil", colonne="etablissement_id", en_colonne="equipe_id",
            redits=[
                migrations.RemoveConstraint("fil", "un_fil_par_entreprise"),
                migrations.AddConstraint(
                    "fil", models.UniqueConstraint(fields=("consultation", "equipe"), name="un_fil_par_entreprise")
                ),
                migrations.AlterModelOptions("exemplaire", {"ordering": ["fil__equipe__nom", "pk"]}),
            ],
        ),
    ]
