"""La consultation où la plateforme s'éprouve. Le mot se pose à la naissance : la base refuse de le changer."""

import django.db.models.manager
from django.db import migrations, models

from beffroi.achat.consultations.migrations._gardes import GARDES


class Migration(migrations.Migration):
    dependencies = [("consultations", "0010_entreprises_invitees")]
    operations = [
        migrations.AddField(
            model_name="consultation",
            name="technique",
            field=models.BooleanField(default=False, verbose_name="la plateforme s'y éprouve"),
        ),
        migrations.AlterModelOptions(
            name="consultation",
            options={
                "base_manager_name": "y_compris_techniques",
                "default_manager_name": "toutes",
                "ordering": ["date_limite_remise", "pk"],
            },
        ),
        migrations.AlterModelManagers(
            name="consultation",
            managers=[
                ("toutes", django.db.models.manager.Manager()),
                ("y_compris_techniques", django.db.models.manager.Manager()),
            ],
        ),
        *GARDES,
    ]
