"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attribution", "0005_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "lettre", "etablissement", "equipe",
            table="attribution_lettre", colonne="etablissement_id", en_colonne="equipe_id",
            redits=[
                migrations.RemoveConstraint("lettre", "une_lettre_par_entreprise_et_vague"),
                migrations.AddConstraint(
                    "lettre",
                    models.UniqueConstraint(
                        fields=("consultation", "vague", "equipe"), name="une_lettre_par_entreprise_et_vague"
                    ),
                ),
                migrations.AlterModelOptions("lettre", {"ordering": ["vague", "equipe__nom", "pk"]}),
            ],
        ),
    ]
