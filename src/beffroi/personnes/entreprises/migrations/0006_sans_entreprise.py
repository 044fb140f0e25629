"""L'entreprise n'est plus une ligne : chaque équipe dit la sienne. Une personne d'une équipe y est reconnue, toujours."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("entreprises", "0005_equipes"), ("depots", "0008_equipes")]

    operations = [
        migrations.RemoveField("membre", "confirme_le"),
        migrations.RemoveField("equipe", "entreprise"),
        migrations.DeleteModel("Entreprise"),
    ]
