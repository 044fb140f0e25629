from django.db import migrations

from beffroi.centre.contributions.migrations._gardes import GARDES_DE_LA_PRESOMPTION


class Migration(migrations.Migration):

    dependencies = [
        ("contributions", "0008_presomption_validee"),
    ]

    # La version d'avant n'écrit pas ces colonnes : la garde ne la refuse jamais. Poser un
    # déclencheur ne relit aucune ligne.
    en_servant = "un déclencheur de plus, sur des colonnes que la version d'avant n'écrit pas"

    operations = GARDES_DE_LA_PRESOMPTION
