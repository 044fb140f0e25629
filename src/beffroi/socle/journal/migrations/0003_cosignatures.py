"""Les signatures des témoins : ajoutées, jamais changées."""

import django.db.models.deletion
from django.db import migrations, models
from beffroi.socle.journal.migrations._gardes import DES_TEMOINS, ajout_seul


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_ajout_seul")]
    operations = [
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("temoin", models.CharField(max_length=120)),
                ("ligne", models.CharField(max_length=400)),
                ("recue_le", models.DateTimeField()),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="journal.pointdecontrole",
                    ),
                ),
            ],
            options={
                "ordering": ["temoin"],
                "constraints": [
                    models.UniqueConstraint(fields=("point", "temoin"), name="une_cosignature_par_temoin")
                ],
            },
        ),
        ajout_seul(DES_TEMOINS),
    ]
