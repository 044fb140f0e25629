from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disponibilite", "0001_initiale")]
    operations = [
        migrations.AddConstraint(
            "evenement",
            models.CheckConstraint(
                name="une_fin_prevue_suit_le_debut",
                condition=models.Q(fin_prevue_le=None) | models.Q(fin_prevue_le__gt=models.F("commence_le")),
            ),
        ),
        migrations.AddConstraint(
            "evenement",
            models.UniqueConstraint(name="une_seule_annonce", fields=["sorte", "titre", "commence_le"]),
        ),
    ]
