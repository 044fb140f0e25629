"""Le registre se scelle de nouveau à chaque changement, et garde les octets de chaque tirage."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_cles_des_procedures"),
        ("registre_des_depots", "0001_initiale"),
        # La table y est née.
        ("ouverture", "0003_proces_verbaux_a_part"),
    ]

    operations = [
        migrations.AddField(
            model_name="registrescelle", name="numero", field=models.PositiveIntegerField(default=1)
        ),
        migrations.AddField(
            model_name="registrescelle", name="documents", field=models.JSONField(blank=True, default=dict)
        ),
        migrations.AlterField(
            model_name="registrescelle",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registres_scelles",
                to="consultations.consultation",
            ),
        ),
        migrations.AlterModelOptions(name="registrescelle", options={"ordering": ["consultation", "numero"]}),
        migrations.AddConstraint(
            model_name="registrescelle",
            constraint=models.UniqueConstraint(fields=("consultation", "numero"), name="un_numero_par_tirage"),
        ),
    ]
