"""Ce que des personnes sans compte ont fait, le temps que cela compte."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Depense",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("acte", models.CharField(max_length=60)),
                (
                    "qui",
                    models.CharField(
                        max_length=64, verbose_name="empreinte d'un réseau ou d'un lien"
                    ),
                ),
                (
                    "lignes",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="lignes au registre"
                    ),
                ),
                (
                    "octets",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="octets sur le disque"
                    ),
                ),
                ("le", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["acte", "le"], name="depense_par_acte"),
                    models.Index(fields=["le"], name="depense_par_heure"),
                ],
            },
        ),
    ]
