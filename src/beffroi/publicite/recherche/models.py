"""L'index des consultations publiées : une copie, que `./beffroi recherche refaire` recompose.

Rien de légal n'y est lu.
"""

from django.db import models


class FicheIndexee(models.Model):
    """Ce qu'une consultation publiée donne à chercher et à montrer dans une liste.

    Son rang suit l'ordre de publication.
    """

    reference = models.CharField(max_length=16, unique=True)
    titre = models.CharField(max_length=200)
    acheteur = models.CharField(max_length=200)
    siren = models.CharField(max_length=9)
    lieu = models.CharField(max_length=200, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    nature = models.CharField(max_length=12)
    procedure = models.CharField(max_length=40)
    nombre_de_lots = models.PositiveSmallIntegerField(default=0)
    publiee_le = models.DateTimeField()
    limite = models.DateTimeField()
    sans_suite_le = models.DateTimeField(null=True, blank=True)
    modifiee_le = models.DateTimeField()
    reports = models.PositiveSmallIntegerField(
        "changements de l'heure limite, abandon compris", default=0
    )
    versions = models.PositiveIntegerField("changements publiés, de toute sorte", default=0)
    # Vrai tant que personne n'a sorti la fiche du petit index ;
    # être ouverte reste un fait de dates.
    en_cours = models.BooleanField(default=True)
    jetons = models.TextField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="fiche_en_cours", fields=["limite", "id"], condition=models.Q(en_cours=True)
            ),
            models.Index(
                name="fiche_par_acheteur",
                fields=["siren", "limite"],
                condition=models.Q(en_cours=True),
            ),
            models.Index(name="fiche_par_publication", fields=["publiee_le"]),
            models.Index(name="fiche_par_limite", fields=["limite"]),
        ]

    def __str__(self) -> str:
        return f"{self.reference} : {self.titre}"


class AcheteurIndexe(models.Model):
    """Un acheteur qui a publié au moins une fois :
    la liste des acheteurs se lit sans compter les consultations.
    """

    siren = models.CharField(max_length=9, unique=True)
    nom = models.CharField(max_length=200)
    nom_replie = models.CharField(max_length=400)
    ville = models.CharField(max_length=120, blank=True)
    departement = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["nom", "siren"]

    def __str__(self) -> str:
        return self.nom


class MotConnu(models.Model):
    """Un mot qu'une consultation emploie, tel qu'elle l'écrit et tel qu'on le cherche."""

    mot = models.CharField(max_length=40, unique=True)
    ecrit = models.CharField("avec ses accents", max_length=60)
    racine = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["mot"]

    def __str__(self) -> str:
        return self.ecrit


class ResteDeMot(models.Model):
    """Un mot connu, entier ou sans une lettre : une faute de frappe le retrouve par clé exacte."""

    reste = models.CharField(max_length=40)
    mot = models.ForeignKey(MotConnu, on_delete=models.CASCADE, related_name="restes")

    class Meta:
        constraints = [models.UniqueConstraint(name="un_reste_par_mot", fields=["reste", "mot"])]

    def __str__(self) -> str:
        return self.reste
