"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retraits", "0002_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "retirant", "etablissement", "equipe",
            table="retraits_retirant", colonne="etablissement_id", en_colonne="equipe_id",
            redits=[
                migrations.RemoveConstraint("retirant", "un_retirant_par_nom_et_adresse"),
                migrations.RemoveConstraint("retirant", "un_retirant_se_nomme"),
                migrations.AddConstraint(
                    "retirant",
                    models.UniqueConstraint(
                        fields=("consultation", "entreprise", "courriel", "equipe"),
                        name="un_retirant_par_nom_et_adresse",
                    ),
                ),
                migrations.AddConstraint(
                    "retirant",
                    models.CheckConstraint(
                        name="un_retirant_se_nomme",
                        condition=~models.Q(entreprise="", courriel="", equipe=None),
                    ),
                ),
            ],
        ),
    ]
