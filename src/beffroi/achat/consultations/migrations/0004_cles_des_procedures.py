"""Les trois procédures d'avant deviennent des clés des tables de la loi."""

from typing import Any

from django.db import migrations

CLES = {
    "mapa": "procedure_adaptee_ouverte",
    "aoo": "appel_offres_ouvert",
    "concession": "concession_sous_le_seuil",
}


def nommer_par_les_tables(apps: Any, schema_editor: Any) -> None:
    consultations = apps.get_model("consultations", "Consultation")
    for avant, apres in CLES.items():
        consultations._base_manager.filter(type_de_procedure=avant).update(type_de_procedure=apres)


def nommer_comme_avant(apps: Any, schema_editor: Any) -> None:
    consultations = apps.get_model("consultations", "Consultation")
    for avant, apres in CLES.items():
        consultations._base_manager.filter(type_de_procedure=apres).update(type_de_procedure=avant)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_procedure_des_tables")]

    operations = [migrations.RunPython(nommer_par_les_tables, nommer_comme_avant)]
