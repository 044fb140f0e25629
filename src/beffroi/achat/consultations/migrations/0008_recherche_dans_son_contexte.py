"""La recherche a son index (contexte `recherche`) : la copie sans accents n'a plus de lecteur."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consultations", "0007_publication_a_deux")]
    operations = [migrations.RemoveField(model_name="consultation", name="texte_de_recherche")]
