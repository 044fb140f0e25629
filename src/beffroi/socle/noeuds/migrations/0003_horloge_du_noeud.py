from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("noeuds", "0002_remise_et_tour_de_ronde"),
    ]

    operations = [
        migrations.CreateModel(
            name="HorlogeDuNoeud",
            fields=[
                (
                    "noeud",
                    models.CharField(max_length=200, primary_key=True, serialize=False),
                ),
                ("ecart_ms", models.IntegerField(verbose_name="millisecondes d'avance sur la base")),
                ("marge_ms", models.PositiveIntegerField()),
                ("vue_le", models.DateTimeField()),
            ],
        ),
    ]
