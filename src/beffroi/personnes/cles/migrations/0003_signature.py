"""Chaque identité a une clé de signature, chaque paire un enregistrement signé. Rien n'était publié avant : tables vides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cles", "0002_fentes_nommees")]

    operations = [
        migrations.AddField(
            model_name="identitedemembre",
            name="cle_de_signature",
            field=models.CharField(default="", help_text="Ed25519, en hexadécimal.", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pairedecles",
            name="enregistrement",
            field=models.TextField(
                default="", help_text="Ce qu'un membre a signé, en JSON canonique (sceau, SPEC §11)."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pairedecles",
            name="signature",
            field=models.CharField(default="", max_length=128),
            preserve_default=False,
        ),
    ]
