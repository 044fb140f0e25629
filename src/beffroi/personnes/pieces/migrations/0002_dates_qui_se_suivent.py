from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pieces", "0001_initiale")]
    operations = [
        migrations.AddConstraint(
            "versiondepiece",
            models.CheckConstraint(
                name="une_piece_ne_finit_pas_avant_sa_date",
                condition=models.Q(datee_du=None)
                | models.Q(valable_jusqu_au=None)
                | models.Q(valable_jusqu_au__gte=models.F("datee_du")),
            ),
        ),
    ]
