from django.db import migrations

from beffroi.socle.fondations.en_servant import ContrainteValidee


class Migration(migrations.Migration):

    dependencies = [
        ("adherents", "0003_population_et_import_d_effectifs"),
    ]

    operations = [
        ContrainteValidee(
            model_name="adherent",
            name="un_adherent_date_et_source_sa_population",
        ),
    ]
