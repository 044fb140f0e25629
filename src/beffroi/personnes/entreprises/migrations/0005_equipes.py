"""Un SIRET n'est plus que ce qu'une équipe dit d'elle : l'établissement devient l'équipe, et l'entreprise s'y fond."""

from typing import Any

import beffroi.personnes.entreprises.models
import django.db.models.deletion
from beffroi.personnes.entreprises.migrations._separation import separer
from beffroi.socle.fondations.colonnes_renommees import renommer_la_colonne, renommer_le_modele
from django.conf import settings
from django.db import migrations, models


def decrire(apps: Any, schema_editor: Any) -> None:
    """Chaque équipe dit elle-même ce qu'était son entreprise."""
    for equipe in apps.get_model("entreprises", "Equipe").objects.select_related("entreprise").iterator():
        entreprise = equipe.entreprise
        equipe.reference = beffroi.personnes.entreprises.models.reference_d_equipe()
        equipe.nature, equipe.pays, equipe.nom = entreprise.nature, entreprise.pays, entreprise.nom
        equipe.numero_d_entreprise, equipe.taille = entreprise.identifiant, entreprise.taille
        equipe.fondee_le = entreprise.creee_le
        equipe.save()


class Migration(migrations.Migration):
    # Ceux qui nomment l'établissement naissent avant qu'il change de nom.
    dependencies = [
        ("entreprises", "0004_depart"),
        ("journal", "0005_depart"),
        ("tours", "0002_depart"),
        ("pieces", "0004_sortes_de_la_table"),
        ("retraits", "0002_depart"),
        ("questions", "0003_depart"),
        ("attribution", "0005_depart"),
        ("echanges", "0007_sorte_d_apres_ses_mots"),
        ("copies_de_sauvegarde", "0003_depart"),
        ("depots", "0007_depart"),
    ]

    operations = [
        migrations.RemoveConstraint("etablissement", "un_etablissement_par_identifiant"),
        migrations.RemoveConstraint("membre", "un_membre_en_cours_par_etablissement"),
        renommer_le_modele(
            "Etablissement", "Equipe", table="entreprises_etablissement", en_table="entreprises_equipe"
        ),
        renommer_la_colonne(
            "membre", "etablissement", "equipe",
            table="entreprises_membre", colonne="etablissement_id", en_colonne="equipe_id",
        ),
        migrations.AddField("equipe", "reference", models.CharField(max_length=16, null=True)),
        migrations.AddField(
            "equipe",
            "nature",
            models.CharField(
                choices=[
                    ("francaise", "Entreprise française (SIREN)"),
                    ("union", "Union européenne (numéro de TVA)"),
                    ("etrangere", "Hors Union européenne"),
                ],
                default="francaise",
                max_length=12,
            ),
        ),
        migrations.AddField("equipe", "pays", models.CharField(default="FR", max_length=2)),
        migrations.AddField(
            "equipe",
            "numero_d_entreprise",
            models.CharField(default="", max_length=40, verbose_name="SIREN, TVA ou identifiant étranger"),
            preserve_default=False,
        ),
        migrations.AddField("equipe", "nom", models.CharField(default="", max_length=200), preserve_default=False),
        migrations.AddField(
            "equipe",
            "taille",
            models.CharField(
                blank=True,
                choices=[
                    ("micro", "Microentreprise"),
                    ("pme", "Petite ou moyenne entreprise"),
                    ("eti", "Entreprise de taille intermédiaire"),
                    ("grande", "Grande entreprise"),
                ],
                default="",
                max_length=6,
                verbose_name="taille, si elle l'a dite",
            ),
            preserve_default=False,
        ),
        migrations.AddField("equipe", "fondee_le", models.DateTimeField(null=True)),
        migrations.AddField(
            "equipe",
            "reunie_a",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reunies",
                to="entreprises.equipe",
            ),
        ),
        migrations.AddField("equipe", "reunie_le", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(decrire, migrations.RunPython.noop),
        migrations.AlterField(
            "equipe",
            "reference",
            models.CharField(
                default=beffroi.personnes.entreprises.models.reference_d_equipe, max_length=16, unique=True
            ),
        ),
        migrations.AlterField("equipe", "fondee_le", models.DateTimeField()),
        migrations.AddField(
            "membre",
            "reconnu_par",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reconnu par, sauf qui fonde l'équipe",
            ),
        ),
        migrations.AlterField(
            "membre",
            "equipe",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="membres", to="entreprises.equipe"
            ),
        ),
        migrations.CreateModel(
            name="DemandeDeRejoindre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=beffroi.personnes.entreprises.models.reference_de_demande, max_length=16, unique=True
                    ),
                ),
                ("faite_le", models.DateTimeField()),
                (
                    "equipe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demandes",
                        to="entreprises.equipe",
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["faite_le", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("equipe", "utilisateur"), name="une_demande_par_equipe")
                ],
            },
        ),
        migrations.RunPython(separer, migrations.RunPython.noop),
        migrations.AddIndex("equipe", models.Index(fields=["identifiant"], name="equipes_par_etablissement")),
        migrations.AddIndex("equipe", models.Index(fields=["numero_d_entreprise"], name="equipes_par_entreprise")),
        migrations.AddConstraint(
            "equipe",
            models.CheckConstraint(
                condition=models.Q(("reunie_a", None), ("reunie_le", None))
                | models.Q(("reunie_a__isnull", False), ("reunie_le__isnull", False)),
                name="reunie_a_un_instant",
            ),
        ),
        migrations.AddConstraint(
            "membre",
            models.UniqueConstraint(
                condition=models.Q(("jusqu_au", None)),
                fields=("equipe", "utilisateur"),
                name="un_membre_en_cours_par_equipe",
            ),
        ),
        migrations.AddConstraint(
            "membre",
            models.UniqueConstraint(
                condition=models.Q(("reconnu_par", None)), fields=("equipe",), name="une_equipe_a_qui_la_fonde"
            ),
        ),
        migrations.AddConstraint(
            "membre",
            models.CheckConstraint(
                condition=models.Q(("reconnu_par", None))
                | models.Q(("reconnu_par", models.F("utilisateur")), _negated=True),
                name="nul_ne_se_reconnait_soi_meme",
            ),
        ),
    ]
