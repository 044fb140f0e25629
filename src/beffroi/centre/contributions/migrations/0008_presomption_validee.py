from django.db import migrations

from beffroi.socle.fondations.en_servant import ContrainteValidee


class Migration(migrations.Migration):

    dependencies = [
        ("contributions", "0007_presomption"),
    ]

    operations = [
        ContrainteValidee(
            model_name="contribution",
            name="qui_est_appele_a_une_tranche_et_un_effectif_ou_est_presume",
        ),
        ContrainteValidee(
            model_name="contribution",
            name="une_population_a_son_jour_et_sa_source",
        ),
        ContrainteValidee(
            model_name="contribution",
            name="un_effectif_connu_ne_se_presume_pas",
        ),
    ]
