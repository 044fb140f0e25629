from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recherche", "0001_initiale")]
    operations = [
        migrations.AddIndex("ficheindexee", models.Index(fields=["limite"], name="fiche_par_limite")),
    ]
