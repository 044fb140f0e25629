"""L'établissement est devenu l'équipe."""

from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0003_depart"), ("entreprises", "0005_equipes")]

    operations = [
        renommer_la_colonne(
            "question", "etablissement", "equipe",
            table="questions_question", colonne="etablissement_id", en_colonne="equipe_id",
            redits=[
                migrations.RemoveConstraint("question", "une_question_a_un_compte_ou_une_adresse"),
                migrations.AddConstraint(
                    "question",
                    models.CheckConstraint(
                        name="une_question_a_un_compte_ou_une_adresse",
                        condition=models.Q(courriel="", equipe__isnull=False, posee_par__isnull=False)
                        | (models.Q(equipe=None, posee_par=None) & ~models.Q(courriel="")),
                    ),
                ),
            ],
        ),
    ]
