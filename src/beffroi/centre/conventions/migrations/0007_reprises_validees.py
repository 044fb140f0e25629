from django.db import migrations

from beffroi.socle.fondations.en_servant import ContrainteValidee

CONTRAINTES = (
    "une_convention_signee_a_sa_date_d_effet",
    "une_reprise_dit_quand_on_a_signe_et_quand_on_a_repris",
    "une_convention_reprise_n_est_pas_signee_ici",
)


class Migration(migrations.Migration):
    dependencies = [("conventions", "0006_reprises")]

    operations = [
        ContrainteValidee(model_name="convention", name=nom) for nom in CONTRAINTES
    ]
