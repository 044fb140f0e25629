"""Un dépôt matériel ne se modifie pas non plus : la base refusait de l'effacer, elle refuse aussi de le changer."""

from django.db import migrations

from beffroi.journal.faits_immuables import Declencheur, Refus, refuser

TABLE = "depots_depotmateriel"
REFUS = Refus("depots_refuser", "un dépôt ne se modifie pas : il prouve")


class Migration(migrations.Migration):
    dependencies = [("depots", "0003_scellement_unique")]
    operations = [refuser(REFUS, lambda differe: [Declencheur(f"{TABLE}_fige", "UPDATE", TABLE)])]
